import { isZone, offsetOfInstant } from "#feel/temporal/zone.ts";
import { DAY_MS } from "#kernel/time.ts";

/** Since 1970 zones change their offset at quarters of an hour only, so one look-up serves 15 minutes. */
const QUARTER_MS = 900_000;
const lastOffsets = new Map<string, { readonly quarter: number; readonly offset: number }>();

/** Milliseconds that the zone's clocks are ahead of UTC at an instant (milliseconds since the epoch). */
export const offsetAt = (zone: string, instant: number): number => {
  const quarter = Math.floor(instant / QUARTER_MS);
  const known = lastOffsets.get(zone);
  if (known !== undefined && known.quarter === quarter) return known.offset;
  const offset = (offsetOfInstant(zone, (quarter * QUARTER_MS) / 1000) ?? 0) * 1000;
  lastOffsets.set(zone, { quarter, offset });
  return offset;
};

/** Milliseconds since local midnight, as the clock on the wall shows them. */
export const msOfLocalDay = (zone: string, instant: number): number =>
  (((instant + offsetAt(zone, instant)) % DAY_MS) + DAY_MS) % DAY_MS;

/** The day that the local calendar shows, in days since 1970-01-01. */
export const localDay = (zone: string, instant: number): number =>
  Math.floor((instant + offsetAt(zone, instant)) / DAY_MS);

/** The day of the week that the local calendar shows; Monday is 0. 1970-01-01 was a Thursday. */
export const dayOfWeek = (zone: string, instant: number): number =>
  (((localDay(zone, instant) + 3) % 7) + 7) % 7;

/** The first of the given names that is an IANA zone, else `fallback`. Profiles hold what clients sent: anything. */
export const firstZone = (names: readonly unknown[], fallback: string): string => {
  for (const name of names) if (typeof name === "string" && isZone(name)) return name;
  return fallback;
};

/** The instant within (before, after] at which the zone's offset changes to the one it has at `after`. */
const changeOfOffset = (zone: string, before: number, after: number): number => {
  const wanted = offsetAt(zone, after);
  let low = before;
  let high = after;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle) === wanted) high = middle;
    else low = middle;
  }
  return high;
};

/**
 * The first instant after `instant` at which local clocks show `msOfDay`, or, where they skip it as they go forward, the
 * moment just after the gap. Where clocks go back on the way they may show an earlier time: ask again from there.
 */
export const nextLocal = (zone: string, instant: number, msOfDay: number): number => {
  const offset = offsetAt(zone, instant);
  const wait = (msOfDay - msOfLocalDay(zone, instant) + DAY_MS) % DAY_MS || DAY_MS;
  const guess = instant + wait;
  const ahead = offsetAt(zone, guess) - offset;
  if (ahead <= 0) return guess;
  const earlier = guess - ahead;
  if (earlier > instant && offsetAt(zone, earlier) === offset + ahead) return earlier;
  return changeOfOffset(zone, Math.max(instant, earlier), guess);
};
