import * as z from "zod/mini";
import type { ProviderInbound } from "#ports/provider.ts";
import { Entry, messagesIn } from "#providers/wire/whatsapp-entry.ts";

/** "Two-way SMS message payload", AWS End User Messaging SMS guide, in as much detail as we use. It names no time. */
const TwoWayText = z.object({
  originationNumber: z.string().check(z.minLength(1)),
  destinationNumber: z.string(),
  messageBody: z.string(),
  inboundMessageId: z.string().check(z.minLength(1)),
  /** "" or missing: it answers nothing that the service knows of. */
  previousPublishedMessageId: z.nullish(z.string()),
});

/** End User Messaging Social: Meta's entry as a text. */
const SocialMessage = z.object({ whatsAppWebhookEntry: z.string() });

const entryIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Texts that customers send to a number of ours, and what they write by WhatsApp. */
export const inbound: ProviderInbound = {
  read: (payload) => {
    const social = z.safeParse(SocialMessage, payload);
    if (social.success) {
      const entry = z.safeParse(Entry, entryIn(social.data.whatsAppWebhookEntry));
      return entry.success ? messagesIn(entry.data) : undefined;
    }
    const { success, data } = z.safeParse(TwoWayText, payload);
    if (!success) return undefined;
    const { previousPublishedMessageId: inReplyTo } = data;
    return [
      {
        channel: "sms",
        providerMessageId: data.inboundMessageId,
        from: data.originationNumber,
        to: data.destinationNumber,
        text: data.messageBody,
        ...(inReplyTo ? { inReplyTo } : {}),
      },
    ];
  },
};
