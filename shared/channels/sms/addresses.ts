import type { ChannelAddresses } from "../definition/addresses.ts";
import { toE164 } from "../phone/phone.ts";

export const addresses: ChannelAddresses = {
  spelling: { name: "phone", normalize: toE164 },
  identifier: { type: "phone", priority: 3, limit: 5, from: ["traits.phone", "context.traits.phone"] },
};
