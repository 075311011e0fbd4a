import type { ChannelAddresses } from "../definition/addresses.ts";

/** Meta's own id of a person, known to one business: a country, a dot, and signs that are never a number. */
const BUSINESS_SCOPED = /^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/;
/** A number as WhatsApp writes it: E.164 without its plus. */
const NUMBER = /^[1-9]\d{5,14}$/;

const normalize = (text: string): string | null => {
  const bare = text.trim().replace(/^whatsapp:/i, "");
  if (BUSINESS_SCOPED.test(bare)) return bare;
  const digits = bare.replace(/^\+|[\s().-]/g, "");
  return NUMBER.test(digits) ? digits : null;
};

export const addresses: ChannelAddresses = {
  example: "12025550100",
  spelling: { name: "whatsapp", normalize },
  identifier: { type: "whatsapp", priority: 4, limit: 5, from: [], whereNamed: true },
};
