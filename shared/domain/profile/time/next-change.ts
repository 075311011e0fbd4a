import { type CompiledExpression, FeelLimitError, type FeelValue } from "#feel/index.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { nextLocal, offsetAt } from "../../calendar/local-time.ts";
import { bucketWidth } from "../../customer/computed/windows.ts";
import { environmentAt, factsInTime, holds } from "../../customer/view.ts";
import type { CompiledPlaybook, ConditionInTime } from "../../playbook/model/compiled.ts";
import type { CustomerState } from "../../records/customer.ts";

/**
 * Moments that are tried at most: more than a day of minutes, and two years of midnights by two calendars. Then the next look is
 * at the last of them.
 */
const LOOKS = 1_500;
/** Nobody waits for what is further away. */
const FURTHEST_MS = 100 * 366 * DAY_MS;

type Applying = { readonly playbook: CompiledPlaybook; readonly now: number };
type Facts = ReturnType<typeof factsInTime>;

const valueAt = (
  rule: CompiledExpression,
  facts: Facts,
  playbook: CompiledPlaybook,
  ms: number,
): FeelValue => {
  try {
    return rule.evaluate(facts.at(ms), environmentAt(playbook, ms));
  } catch (error) {
    if (error instanceof FeelLimitError) return null;
    throw error;
  }
};

/** When a comparison that turns round at most once does so; null: it does not. */
const crossingOf = (rule: CompiledExpression, facts: Facts, { playbook, now }: Applying): number | null => {
  let [low, high] = [now, now + FURTHEST_MS];
  const before = valueAt(rule, facts, playbook, low);
  if (valueAt(rule, facts, playbook, high) === before) return null;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (valueAt(rule, facts, playbook, middle) === before) low = middle;
    else high = middle;
  }
  return high;
};

/** When parts of a computed trait's window begin to count, and stop. */
const edgesOf = (
  { computed }: CustomerState,
  name: string,
  playbook: CompiledPlaybook,
): readonly number[] => {
  const windowMs = playbook.computed.find((trait) => trait.name === name)?.windowMs;
  const kept = Object.hasOwn(computed, name) ? computed[name] : undefined;
  if (windowMs === undefined || kept === undefined) return [];
  const width = bucketWidth(windowMs);
  const buckets = [...Object.keys(kept.buckets ?? {}).map(Number), ...Object.values(kept.sample?.last ?? {})];
  return buckets.flatMap((bucket) => [bucket * width, (bucket + 1) * width + windowMs]);
};

/** The next midnight, full hour or minute of the zone or of UTC: rules may ask both calendars. */
const nextOnGrid = (grid: "day" | "hour" | "minute", zone: string, after: number): number => {
  const hour = (offset: number): number =>
    after + HOUR_MS - ((((after + offset) % HOUR_MS) + HOUR_MS) % HOUR_MS);
  if (grid === "minute") return after + MINUTE_MS - (((after % MINUTE_MS) + MINUTE_MS) % MINUTE_MS);
  if (grid === "hour") return Math.min(hour(offsetAt(zone, after)), hour(0));
  return Math.min(nextLocal(zone, after, 0), nextLocal("UTC", after, 0));
};

/**
 * When a condition may next become another by time alone, in milliseconds since the epoch: tried at each moment at which any
 * part of it changes, until it does. Where it did not at so many of them, the last: then is to be asked again. Null: never, as
 * long as nobody does anything.
 */
export const nextChange = (
  { rule, crossings, grid, windows }: ConditionInTime,
  state: CustomerState,
  applying: Applying,
): number | null => {
  const { playbook, now } = applying;
  const facts = factsInTime(state, playbook, windows);
  const isTrue = (ms: number): boolean => holds(rule, facts.at(ms), environmentAt(playbook, ms));
  const known = [
    ...crossings.map((crossing) => crossingOf(crossing, facts, applying) ?? Number.NaN),
    ...windows.flatMap((name) => edgesOf(state, name, playbook)),
  ];
  const ahead = [...new Set(known)].filter((ms) => ms > now).toSorted((a, b) => a - b);
  const before = isTrue(now);
  const { timeZone } = playbook.document.brand;
  let at = now;
  for (let look = 0; look < LOOKS; look += 1) {
    const after = at;
    const next = Math.min(
      ahead.find((ms) => ms > after) ?? Number.POSITIVE_INFINITY,
      grid === null ? Number.POSITIVE_INFINITY : nextOnGrid(grid, timeZone, after),
    );
    if (next === Number.POSITIVE_INFINITY) return null;
    at = next;
    if (isTrue(at) !== before) return at;
  }
  return at;
};
