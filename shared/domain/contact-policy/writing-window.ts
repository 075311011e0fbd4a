import { CHANNELS } from "#channels/all.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { CustomerState } from "../records/customer.ts";

/** Of a message that says what only an approved text may say now, for the record. */
export const WINDOW_CLOSED = "window";

/** Whether content on a channel may go out at any time, whenever the customer wrote last. */
export const isAlwaysTaken = (channel: string, content: JsonObject): boolean => {
  const window = CHANNELS.get(channel)?.content?.window;
  return window === undefined || window.isApproved(content);
};

/**
 * Whether the customer wrote on the channel so lately that they may be written to freely; always where the channel has no
 * such window.
 * @param at milliseconds since the epoch: when the message leaves
 */
export const isWindowOpen = (
  state: Pick<CustomerState, "wroteAt"> | undefined,
  channel: string,
  at: number,
): boolean => {
  const window = CHANNELS.get(channel)?.content?.window;
  if (window === undefined) return true;
  const wrote = state?.wroteAt?.[channel];
  return wrote !== undefined && at - Date.parse(wrote) < window.lastsMs;
};
