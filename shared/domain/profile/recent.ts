import { BOUNDS } from "#kernel/bounds.ts";
import type { JsonObject } from "#kernel/json.ts";
import { laterOf } from "#kernel/time.ts";
import type { CustomerState, RecentEvent } from "../records/customer.ts";
import type { CollectedEvent } from "../records/event.ts";

const MAX_EVENTS = 10;
/** A bigger event would push out all others; it is read from history when needed. */
const MAX_EVENT_BYTES = 2 * 1024;

type Ring = Pick<CustomerState, "recent" | "forgotten">;

/** Events by time, on a tie by id. */
const position = (event: Pick<RecentEvent, "at" | "id">): string => `${event.at}#${event.id}`;
const sizes = new WeakMap<RecentEvent, number>();
const bytesOf = (event: RecentEvent): number => {
  const bytes = sizes.get(event) ?? Buffer.byteLength(JSON.stringify(event));
  sizes.set(event, bytes);
  return bytes;
};

/**
 * Keeps the newest events within the bounds and remembers up to where it forgot. Without that mark, an event that was
 * dropped on one side of a merge could be kept on the other: the ring would depend on the order of arrival.
 */
const bounded = (events: readonly RecentEvent[], forgotten: string): Ring => {
  const newest = [...new Map(events.map((event) => [position(event), event]))]
    .filter(([at]) => at > forgotten)
    .sort(([a], [b]) => (a < b ? 1 : -1));
  let bytes = 0;
  const kept: RecentEvent[] = [];
  for (const [at, event] of newest) {
    bytes += bytesOf(event);
    if (kept.length >= MAX_EVENTS || bytes > BOUNDS.recentBytes)
      return { recent: kept.reverse(), forgotten: at };
    kept.push(event);
  }
  return { recent: kept.reverse(), ...(forgotten === "" ? {} : { forgotten }) };
};

/** The properties of an event; for identify its traits, so that rules can read them. */
export const propertiesOf = (event: CollectedEvent): JsonObject =>
  event.type === "identify" || event.type === "group"
    ? { ...event.traits, ...event.properties }
    : (event.properties ?? {});

/** Kept only where it says something: what has none is trusted. */
export const standingOf = ({ standing }: Pick<CollectedEvent, "standing">): Pick<RecentEvent, "standing"> =>
  standing === undefined || standing === "trusted" ? {} : { standing };

export const recentOf = (event: CollectedEvent): RecentEvent => ({
  id: event.id,
  name: event.name,
  at: event.at,
  properties: propertiesOf(event),
  type: event.type,
  depth: event.depth,
  ...standingOf(event),
});

/** Whether the ring would hold this event if it had been applied: only then its absence proves that it was not. */
export const wouldHold = (ring: Ring, event: RecentEvent): boolean =>
  position(event) > (ring.forgotten ?? "") && bytesOf(event) <= MAX_EVENT_BYTES;

export const remember = (ring: Ring, event: RecentEvent): Ring =>
  bounded(bytesOf(event) > MAX_EVENT_BYTES ? ring.recent : [...ring.recent, event], ring.forgotten ?? "");

export const mergeRecent = (a: Ring, b: Ring): Ring =>
  bounded([...a.recent, ...b.recent], laterOf(a.forgotten ?? "", b.forgotten ?? ""));
