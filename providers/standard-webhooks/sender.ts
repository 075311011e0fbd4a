import type { WebhookMessage } from "#channels/webhook/message.ts";
import { isObject } from "#kernel/json.ts";
import type { ProviderSender, SendIds, SendResult } from "#ports/provider.ts";
import { readFailure, untilMended } from "#providers/wire/failure.ts";
import { callPublic, type PublicAnswer, publicUrl } from "#wire/public-call.ts";
import { isUsable, signedHeaders } from "#wire/standard-webhook.ts";
import { VIA } from "./settings.ts";

const SECOND_MS = 1_000;
const LONGEST_WAIT_SECONDS = 900;

const NO_ADDRESS = untilMended(
  "account",
  "The account has no address that its system can be called at. Connect it again, with url=https://system.example/path.",
);
const NOT_PUBLIC = untilMended(
  "not public",
  "The account's address leads into a private network, or to this machine. Connect it again with an address of the public network.",
);
const CERTIFICATE = untilMended(
  "certificate",
  "The system's certificate cannot be trusted, or is another name's. Let its operator renew it, with the whole chain.",
);
const MOVED = untilMended(
  "moved",
  "The system answers from another address, or has nothing at this one. Connect the account again with the address that it has now.",
);
const CREDENTIALS = untilMended(
  "signature",
  "The system refuses our signature. Connect the account again with the secret that the system has, or let both clocks be set.",
  5,
);

/** What a failed handshake is called: the request had not left. */
const UNTRUSTED = /^(?:CERT_|ERR_TLS_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_SSL_|EPROTO)/;

const failureOf = (error: unknown): SendResult => {
  if (error instanceof Error && error.name === "NotPublicError") return NOT_PUBLIC;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (UNTRUSTED.test(code)) return CERTIFICATE;
  const failure = readFailure(error, {});
  if (failure === null) throw error;
  return failure;
};

const toldIn = (body: string): Readonly<Record<string, unknown>> => {
  try {
    const told: unknown = JSON.parse(body);
    return isObject(told) ? told : {};
  } catch {
    return {};
  }
};

/** Some systems answer 200 and say in the body that they took nothing. */
const takenBy = ({ body }: PublicAnswer, { messageId }: SendIds): SendResult => {
  const { id, ok, error } = toldIn(body);
  if (ok === false || (error !== undefined && error !== null && error !== false))
    return { result: "refused", reason: "error in the answer" };
  const own = typeof id === "string" && /^[\w.:@/+=-]{1,200}$/.test(id) ? id : messageId;
  return { result: "accepted", providerMessageId: own };
};

const resultOf = (answer: PublicAnswer, ids: SendIds): SendResult => {
  const { status, retryAfter = 1 } = answer;
  const retryAfterMs = Math.min(Math.max(1, retryAfter), LONGEST_WAIT_SECONDS) * SECOND_MS;
  if (status >= 200 && status < 300) return takenBy(answer, ids);
  if (status === 401 || status === 403) return CREDENTIALS;
  if (status === 404 || status === 405 || (status >= 300 && status < 400)) return MOVED;
  if (status === 410) return { result: "refused", reason: "address", address: "invalid" };
  if (status === 429) return { result: "later", reason: "throttled", retryAfterMs };
  if (status === 503) return { result: "later", reason: "unavailable", retryAfterMs };
  if (status >= 400 && status < 500) return { result: "refused", reason: `status ${status}` };
  throw new Error(`the system answered ${status}`);
};

/** Messages to any system, by a call that is signed as its own calls to us are. */
export const webhook: ProviderSender<WebhookMessage> = {
  settings: [VIA],
  account: {
    secrets: ["secret"],
    optional: ["url"],
    examine: ({ secret = "", url }) => {
      if (!isUsable(secret)) return "secret is no key of 16 bytes or more: whsec_ and base64";
      return url === undefined || publicUrl(url) !== null
        ? null
        : "url is no https:// address without a login";
    },
  },
  connect: ({ setting, secret, patience, now }) => {
    const url = publicUrl(secret("url"));
    return {
      send: async (message, ids) => {
        if (url === null) return NO_ADDRESS;
        const at = now();
        const { messageId } = ids;
        const body = JSON.stringify({
          type: "message.send",
          timestamp: new Date(at).toISOString(),
          data: { messageId, ...message },
        });
        // The message's own id: a call that comes twice is seen to be the same.
        const signed = signedHeaders(secret("secret"), { id: messageId, body }, at);
        const headers = { "content-type": "application/json", "user-agent": "Rapport", ...signed };
        const answer = await callPublic({ url, headers, body, patience, via: setting(VIA) }).catch(failureOf);
        return "status" in answer ? resultOf(answer, ids) : answer;
      },
    };
  },
};
