import type { ChannelAddresses } from "../definition/addresses.ts";

/** `<account>:<who>`: the account of ours whose system it is, and how that system calls the person. Taken as it is. */
export const addresses: ChannelAddresses = {
  example: "default:somebody",
  identifier: { type: "webhook", priority: 4, limit: 5, from: [], whereNamed: true },
};
