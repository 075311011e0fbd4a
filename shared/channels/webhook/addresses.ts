import type { ChannelAddresses } from "../definition/addresses.ts";

/** The account of ours in `<account>:<who>`; undefined where it is not written so. */
export const ownerOf = (address: string): string | undefined => /^([^:]+):./s.exec(address)?.[1];

/** `<account>:<who>`: the account of ours whose system it is, and how that system calls the person. Taken as it is. */
export const addresses: ChannelAddresses = {
  example: "default:somebody",
  ownerOf,
  identifier: { type: "webhook", priority: 4, limit: 5, from: [], whereNamed: true },
};
