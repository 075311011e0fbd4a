import { createHash } from "node:crypto";
import type { WebpushMessage } from "#channels/webpush/message.ts";
import type { Subscription } from "#channels/webpush/subscription.ts";
import type { ProviderSender, SendIds, SendResult } from "#ports/provider.ts";
import { readFailure, untilMended } from "#providers/wire/failure.ts";
import { callPublic, type PublicAnswer, publicUrl } from "#wire/public-call.ts";
import { encrypt } from "./encrypt.ts";
import { MESSAGE_HEADER, VIA } from "./settings.ts";
import { authorization, examineVapid, type Vapid } from "./vapid.ts";

const SECOND_MS = 1_000;
const LONGEST_WAIT_SECONDS = 900;
/** Push services keep what they cannot deliver for four weeks at most. */
const LONGEST_TTL_SECONDS = 28 * 86_400;

const KEYS = untilMended(
  "keys",
  "The account's keys are no pair, or it has nobody to write to. Connect it again as the provider's page says.",
);
const CREDENTIALS = untilMended(
  "credentials",
  "A push service refuses our keys: the browser subscribed with another one. Give pages the public key of the account, and let browsers subscribe anew.",
  5,
);

/** The browser is gone, or never was: nobody writes there again. */
const GONE: SendResult = { result: "refused", reason: "address", address: "invalid" };

const failureOf = (error: unknown): SendResult => {
  // A page may have said any address. One that is not public is no push service's.
  if (error instanceof Error && error.name === "NotPublicError") return GONE;
  const failure = readFailure(error, {});
  if (failure === null) throw error;
  return failure;
};

const resultOf = ({ status, retryAfter = 1 }: PublicAnswer, { messageId }: SendIds): SendResult => {
  const retryAfterMs = Math.min(Math.max(1, retryAfter), LONGEST_WAIT_SECONDS) * SECOND_MS;
  if (status >= 200 && status < 300) return { result: "accepted", providerMessageId: messageId };
  if (status === 404 || status === 410) return GONE;
  if (status === 401 || status === 403) return CREDENTIALS;
  if (status === 429) return { result: "later", reason: "throttled", retryAfterMs };
  if (status === 503) return { result: "later", reason: "unavailable", retryAfterMs };
  if (status >= 300 && status < 500) return { result: "refused", reason: `status ${status}` };
  throw new Error(`the push service answered ${status}`);
};

/** Names the message to the push service: the same that comes again takes the place of what the browser has not seen yet. */
const topicOf = ({ messageId }: SendIds): string =>
  createHash("sha256").update(messageId).digest("base64url").slice(0, 32);

const headersOf = (ids: SendIds, now: number): Readonly<Record<string, string>> => {
  const left = Math.floor((Date.parse(ids.deadline) - now) / SECOND_MS);
  return {
    ttl: String(Math.min(Math.max(0, left), LONGEST_TTL_SECONDS)),
    urgency: ids.lane === "transactional" ? "high" : "normal",
    topic: topicOf(ids),
    "content-encoding": "aes128gcm",
    "content-type": "application/octet-stream",
  };
};

type Told = { readonly address: string; readonly result: SendResult };

/** Null: the browser's key is none, so nobody could read it. */
const sealed = (plain: string, browser: Subscription): Buffer | null => {
  try {
    return encrypt(plain, browser);
  } catch {
    return null;
  }
};

/** One answer for all browsers: it was sent where one took it; tried again only where none did. */
const together = (told: readonly Told[], errors: readonly unknown[]): SendResult => {
  const isGone = ({ result }: Told): boolean => result.result === "refused" && result.address !== undefined;
  const accepted = told.find(({ result }) => result.result === "accepted")?.result;
  if (accepted?.result === "accepted") {
    const invalidAddresses = told.filter(isGone).map(({ address }) => address);
    return invalidAddresses.length === 0 ? accepted : { ...accepted, invalidAddresses };
  }
  if (errors.length > 0) throw errors[0];
  const later = told.find(({ result }) => result.result === "later");
  const other = later ?? told.find((one) => !isGone(one)) ?? told[0];
  return other?.result ?? GONE;
};

/** Notifications of browsers, by whichever push service each of them has (RFC 8030, 8291, 8292). */
export const webpush: ProviderSender<WebpushMessage> = {
  settings: [VIA],
  account: {
    secrets: ["publicKey", "privateKey", "subject"],
    examine: ({ publicKey = "", privateKey = "", subject = "" }) =>
      examineVapid({ publicKey, privateKey, subject }),
  },
  connect: ({ setting, secret, patience, now }) => {
    const vapid: Vapid = {
      publicKey: secret("publicKey"),
      privateKey: secret("privateKey"),
      subject: secret("subject"),
    };
    const isUsable = examineVapid(vapid) === null;
    const sendTo = async (
      browser: WebpushMessage["browsers"][number],
      plain: string,
      ids: SendIds,
    ): Promise<SendResult> => {
      const url = publicUrl(browser.endpoint);
      if (url === null) return GONE;
      const at = now();
      const headers = {
        ...headersOf(ids, at),
        authorization: authorization(vapid, url, at),
        ...(setting(VIA) === "direct" ? {} : { [MESSAGE_HEADER]: ids.messageId }),
      };
      const body = sealed(plain, browser);
      if (body === null) return GONE;
      const answer = await callPublic({ url, headers, body, patience, via: setting(VIA) }).catch(failureOf);
      return "status" in answer ? resultOf(answer, ids) : answer;
    };
    return {
      send: async ({ browsers, notification }, ids) => {
        if (!isUsable) return KEYS;
        const plain = JSON.stringify(notification);
        const ended = await Promise.allSettled(browsers.map((one) => sendTo(one, plain, ids)));
        const told = ended.flatMap((one, index) =>
          one.status === "fulfilled" ? [{ address: browsers[index]?.address ?? "", result: one.value }] : [],
        );
        return together(
          told,
          ended.flatMap((one) => (one.status === "rejected" ? [one.reason] : [])),
        );
      },
    };
  },
};
