import * as z from "zod/mini";
import type { WhatsAppMessage } from "#channels/whatsapp/message.ts";
import type { ProviderSender, SendResult } from "#ports/provider.ts";
import { answerIn } from "#providers/wire/answer.ts";
import { readFailure } from "#providers/wire/failure.ts";
import { failureOfCode } from "#providers/wire/whatsapp-failure.ts";
import { whatsAppBody } from "#providers/wire/whatsapp-message.ts";
import { API_URL } from "./settings.ts";

const Accepted = z.object({ messages: z.tuple([z.object({ id: z.string() })], z.unknown()) });
const Refused = z.object({ error: z.object({ code: z.number() }) });

/** What an answer says, whatever its status is: some say 200 and mean an error. */
const resultOf = (status: number, body: unknown): SendResult | null => {
  const refused = z.safeParse(Refused, body);
  if (refused.success) return failureOfCode(status === 200 ? 400 : status, refused.data.error.code);
  const accepted = z.safeParse(Accepted, body);
  if (status === 200 && accepted.success)
    return { result: "accepted", providerMessageId: accepted.data.messages[0].id };
  return failureOfCode(status, undefined);
};

/** Messages a second of a number that is new; Meta raises it to 1,000 by itself ("Throughput", WhatsApp Cloud API). */
const MESSAGES_A_SECOND = 80;

/** WhatsApp by Meta's Cloud API. */
export const whatsapp: ProviderSender<WhatsAppMessage> = {
  settings: [API_URL],
  account: {
    secrets: ["accessToken", "phoneNumberId"],
    examine: ({ phoneNumberId = "" }) =>
      /^[\w-]{1,64}$/.test(phoneNumberId)
        ? null
        : "phoneNumberId is not the id of a phone number: digits, as WhatsApp Manager shows it beside the number",
  },
  connect: ({ setting, secret, patience }) => ({
    rate: { limit: async () => ({ perSecond: MESSAGES_A_SECOND }), assumed: MESSAGES_A_SECOND },
    send: async (message, { messageId }) => {
      const response = await fetch(`${setting(API_URL)}/${secret("phoneNumberId")}/messages`, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/json", authorization: `Bearer ${secret("accessToken")}` },
        body: JSON.stringify(whatsAppBody(message, messageId)),
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
