import { CHANNELS } from "#channels/all.ts";
import { laterOf } from "#kernel/time.ts";
import { MESSAGE_RECEIVED } from "../playbook/model/known.ts";
import type { CustomerState } from "../records/customer.ts";
import type { CollectedEvent } from "../records/event.ts";

type Wrote = Pick<CustomerState, "wroteAt">;

/** The later one by channel: the same whatever order events arrive in. */
export const mergeWrote = (a: Wrote, b: Wrote): Wrote => {
  if (a.wroteAt === undefined && b.wroteAt === undefined) return {};
  const wroteAt = new Map(Object.entries(a.wroteAt ?? {}));
  for (const [channel, at] of Object.entries(b.wroteAt ?? {}))
    wroteAt.set(channel, laterOf(wroteAt.get(channel) ?? "", at));
  return { wroteAt: Object.fromEntries([...wroteAt].toSorted()) };
};

/** With when the customer wrote, on a channel where that opens a window. */
export const noteWrote = (state: Wrote, { name, properties, at }: CollectedEvent): Wrote => {
  const channel = properties?.channel;
  if (name !== MESSAGE_RECEIVED || typeof channel !== "string") return {};
  if (CHANNELS.get(channel)?.content?.window === undefined) return {};
  return mergeWrote(state, { wroteAt: { [channel]: at } });
};
