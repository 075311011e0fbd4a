import type { ChannelAddresses } from "../definition/addresses.ts";

/** A chat of the hub's own: a visitor's, or that of a user whom the company's server has proven. No event can bring one along. */
export const addresses: ChannelAddresses = {
  example: "somebody",
  identifier: { type: "chat", priority: 4, limit: 5, from: [], whereNamed: true },
};
