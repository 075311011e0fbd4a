import * as z from "zod/mini";
import type { SmsMessage } from "#channels/sms/message.ts";
import type { ProviderSender, SendIds, SendResult } from "#ports/provider.ts";
import { answerIn } from "#providers/wire/answer.ts";
import { readFailure } from "#providers/wire/failure.ts";
import { failureOf } from "./failure.ts";
import { API_URL, PUBLIC_URL } from "./settings.ts";

const Accepted = z.object({ sid: z.string(), status: z.optional(z.string()) });
const Refused = z.object({ code: z.number() });

/** What Twilio takes as ValidityPeriod, in seconds: after that it gives up. */
const VALIDITY = { least: 5, most: 36_000 } as const;

const secondsUntil = (deadline: string, now: number): number =>
  Math.min(VALIDITY.most, Math.max(VALIDITY.least, Math.floor((Date.parse(deadline) - now) / 1_000)));

/** A messaging service chooses the number itself. */
const sentBy = (from: string): object =>
  /^MG[0-9a-f]{32}$/.test(from) ? { MessagingServiceSid: from } : { From: from };

/** Our own id is in the address that is called back, for Twilio carries none along. */
const callback = (publicUrl: string, account: string, { messageId }: SendIds): string =>
  `${publicUrl.replace(/\/$/, "")}/v1/in/twilio/${account}?messageId=${encodeURIComponent(messageId)}`;

const resultOf = (status: number, body: unknown): SendResult | null => {
  const accepted = z.safeParse(Accepted, body);
  if (status === 201 && accepted.success) return { result: "accepted", providerMessageId: accepted.data.sid };
  const refused = z.safeParse(Refused, body);
  return failureOf(status, refused.success ? refused.data.code : undefined);
};

/** In parts a second. Twilio keeps what a number sends more slowly; beyond this it takes no more requests at once. */
const FASTEST = 100;
const SLOWEST = 10;

/** Text messages through Twilio. */
export const sms: ProviderSender<SmsMessage> = {
  settings: [API_URL, PUBLIC_URL],
  account: {
    secrets: ["accountSid", "authToken"],
    examine: ({ accountSid = "" }) =>
      /^AC[0-9a-f]{32}$/.test(accountSid)
        ? null
        : "accountSid is not the SID of an account: AC and 32 signs, as the console shows it",
  },
  connect: ({ setting, secret, account, patience, now }) => ({
    rate: { limit: async () => ({ perSecond: FASTEST }), assumed: FASTEST, atFirst: SLOWEST },
    send: async (message, ids) => {
      const sid = secret("accountSid");
      const login = Buffer.from(`${sid}:${secret("authToken")}`).toString("base64");
      const response = await fetch(`${setting(API_URL)}/2010-04-01/Accounts/${sid}/Messages.json`, {
        method: "POST",
        redirect: "manual",
        headers: { authorization: `Basic ${login}` },
        body: new URLSearchParams({
          To: message.to,
          ...sentBy(message.from),
          Body: message.text,
          StatusCallback: callback(setting(PUBLIC_URL), account, ids),
          ValidityPeriod: String(secondsUntil(ids.deadline, now())),
        }),
        signal: AbortSignal.timeout(patience.answerMs),
      }).catch((error: Error) => {
        const failure = readFailure(error.cause, {});
        if (failure === null) throw error;
        return failure;
      });
      if ("result" in response) return response;
      const result = resultOf(response.status, await answerIn(response));
      if (result === null) throw new Error(`the provider answered ${response.status}`);
      return result;
    },
  }),
};
