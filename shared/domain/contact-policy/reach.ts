import type { Address } from "../records/customer.ts";

/** Whether an address must not be written to, whoever it belongs to (it bounced or complained). */
export type Suppressed = (channel: string, address: string) => boolean;

/** Whether the customer has an address on the channel that may be used. */
export const reach = (
  addresses: readonly Address[],
  channel: string,
  isSuppressed: Suppressed | undefined,
): "reachable" | "suppressed" | "no-address" => {
  let known = false;
  for (const address of addresses) {
    if (address.channel !== channel) continue;
    known = true;
    if (address.status === "active" && !isSuppressed?.(channel, address.value)) return "reachable";
  }
  return known ? "suppressed" : "no-address";
};
