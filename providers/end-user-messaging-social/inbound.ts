import * as z from "zod/mini";
import type { ProviderInbound } from "#ports/provider.ts";
import { Entry, readEntry } from "#providers/wire/whatsapp-entry.ts";

/** "WhatsApp message and event format", End User Messaging Social: Meta's entry as a text. */
const Envelope = z.object({ whatsAppWebhookEntry: z.string() });

const entryIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What customers write by WhatsApp, and what becomes of ours, by the topic. */
export const inbound: ProviderInbound = {
  read: (payload) => {
    const { success, data } = z.safeParse(Envelope, payload);
    if (!success) return undefined;
    const entry = z.safeParse(Entry, entryIn(data.whatsAppWebhookEntry));
    return entry.success ? readEntry(entry.data) : undefined;
  },
};
