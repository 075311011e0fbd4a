import { toE164 } from "#kernel/phone/phone.ts";
import type { ChannelAddresses } from "../definition/addresses.ts";

/** Address books and web pages put marks for the writing's direction around numbers. */
const INVISIBLE = /[\p{Cf}\p{DI}]/gu;
/** What a link to a number begins with (RFC 3966), and how some providers write theirs. */
const SCHEME = /^\s*(?:tel|sms|callto|whatsapp):(?:\/\/)?/i;

export const addresses: ChannelAddresses = {
  example: "+12025550100",
  spelling: {
    name: "phone",
    normalize: (text, country) => toE164(text.replace(INVISIBLE, "").replace(SCHEME, ""), country),
  },
  identifier: { type: "phone", priority: 3, limit: 5, from: ["traits.phone", "context.traits.phone"] },
};
