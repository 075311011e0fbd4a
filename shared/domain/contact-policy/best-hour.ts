import { HOUR_MS } from "#kernel/time.ts";
import type { CustomerState } from "../records/customer.ts";

const HOURS = 24;
/** With fewer clicks nothing is known about habits. */
const ENOUGH_CLICKS = 3;
/** People are not punctual: a click counts a little for the hours beside it. */
const BESIDE = 0.5;

type Hours = NonNullable<CustomerState["hours"]>[string];

/**
 * The start of the next hour at which the customer responds most, or `instant` (milliseconds since the epoch) itself:
 * within that hour, and as long as too little is known. Counted in UTC, so that the order in which things become known
 * does not matter; when clocks change, habits are an hour off until new clicks outweigh the old.
 */
export const nextBestHour = (hours: Hours | undefined, instant: number): number => {
  if (hours === undefined) return instant;
  const at = (hour: number): number => hours[String((hour + HOURS) % HOURS)] ?? 0;
  const all = Array.from({ length: HOURS }, (_, hour) => at(hour));
  if (all.reduce((sum, clicks) => sum + clicks, 0) < ENOUGH_CLICKS) return instant;
  const worth = all.map((clicks, hour) => clicks + BESIDE * (at(hour - 1) + at(hour + 1)));
  const best = worth.indexOf(Math.max(...worth));
  const hour = Math.floor(instant / HOUR_MS);
  const wait = (best - (hour % HOURS) + HOURS) % HOURS;
  return wait === 0 ? instant : (hour + wait) * HOUR_MS;
};
