import { toE164 } from "#kernel/phone/phone.ts";
import type { ChannelAddresses } from "../definition/addresses.ts";

export const addresses: ChannelAddresses = {
  spelling: { name: "phone", normalize: toE164 },
  identifier: { type: "phone", priority: 3, limit: 5, from: ["traits.phone", "context.traits.phone"] },
};
