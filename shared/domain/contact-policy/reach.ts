import type { Address } from "../records/customer.ts";

/** Whether an address must not be written to, whoever it belongs to (it bounced or complained). */
export type Suppressed = (channel: string, address: string) => boolean;

/** The addresses of a channel that may be used. */
export const usableAddresses = (
  addresses: readonly Address[],
  channel: string,
  isSuppressed: Suppressed | undefined,
): readonly Address[] =>
  addresses.filter(
    (address) =>
      address.channel === channel && address.status === "active" && !isSuppressed?.(channel, address.value),
  );

/** Whether the customer has an address on the channel that may be used. */
export const reach = (
  addresses: readonly Address[],
  channel: string,
  isSuppressed: Suppressed | undefined,
): "reachable" | "suppressed" | "no-address" => {
  if (usableAddresses(addresses, channel, isSuppressed).length > 0) return "reachable";
  return addresses.some((address) => address.channel === channel) ? "suppressed" : "no-address";
};
