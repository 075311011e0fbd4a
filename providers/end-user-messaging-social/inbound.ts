import * as z from "zod/mini";
import type { ProviderInbound, Readings } from "#ports/provider.ts";
import { Entry, readEntry } from "#providers/wire/whatsapp-entry.ts";

/** "WhatsApp message and event format", End User Messaging Social: Meta's entry as a text. */
const Envelope = z.object({
  whatsAppWebhookEntry: z.string(),
  context: z.optional(
    z.object({ MetaPhoneNumberIds: z.optional(z.array(z.object({ arn: z.optional(z.string()) }))) }),
  ),
});

const entryIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** An attachment's id names the number that it came to as well. */
const mediaId = (phoneNumberId: string, id: string): string => `${phoneNumberId}/${id}`;

/** By the resource's name: `.../phone-number-id/<id>` becomes `phone-number-id-<id>`. */
const numberIn = (arn: string | undefined): string | undefined => {
  const id = /:phone-number-id\/([\w-]{1,100})$/.exec(arn ?? "")?.[1];
  return id === undefined || id.startsWith("phone-number-id-") ? id : `phone-number-id-${id}`;
};

/** What came along is asked for by the number that it came to, too. */
const withNumber = (readings: Readings, number: string | undefined): Readings =>
  number === undefined
    ? readings
    : {
        ...readings,
        messages: readings.messages.map((message) =>
          message.attachments === undefined
            ? message
            : {
                ...message,
                attachments: message.attachments.map((one) => ({ ...one, id: mediaId(number, one.id) })),
              },
        ),
      };

/** What customers write by WhatsApp, and what becomes of ours, by the topic. */
export const inbound: ProviderInbound = {
  media: async (id, door) => (await import("./media.ts")).fetchMedia(id, door),
  read: (payload) => {
    const { success, data } = z.safeParse(Envelope, payload);
    if (!success) return undefined;
    const entry = z.safeParse(Entry, entryIn(data.whatsAppWebhookEntry));
    const [first] = data.context?.MetaPhoneNumberIds ?? [];
    return entry.success ? withNumber(readEntry(entry.data), numberIn(first?.arn)) : undefined;
  },
};
