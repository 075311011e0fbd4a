import * as z from "zod/mini";
import type { ProviderInbound } from "#ports/provider.ts";

/** "Two-way SMS message payload", AWS End User Messaging SMS guide, in as much detail as we use. It names no time. */
const TwoWayText = z.object({
  originationNumber: z.string().check(z.minLength(1)),
  destinationNumber: z.string(),
  messageBody: z.string(),
  inboundMessageId: z.string().check(z.minLength(1)),
  /** "" or missing: it answers nothing that the service knows of. */
  previousPublishedMessageId: z.nullish(z.string()),
});

/** Texts that customers send to a number of ours. */
export const inbound: ProviderInbound = {
  read: (payload) => {
    const { success, data } = z.safeParse(TwoWayText, payload);
    if (!success) return undefined;
    const { previousPublishedMessageId: inReplyTo } = data;
    const message = {
      channel: "sms",
      providerMessageId: data.inboundMessageId,
      from: data.originationNumber,
      to: data.destinationNumber,
      text: data.messageBody,
      ...(inReplyTo ? { inReplyTo } : {}),
    };
    return { messages: [message] };
  },
};
