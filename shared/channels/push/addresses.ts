import type { ChannelAddresses } from "../definition/addresses.ts";

/** Tokens are opaque: what a push service gave is what it takes. */
export const addresses: ChannelAddresses = {
  example: "gcm:somebody",
  areDevices: true,
  identifier: { type: "deviceToken", priority: 4, limit: 20, from: ["context.device.token"] },
};
