import type { CompiledExpression } from "#feel/index.ts";
import { FeelDate, FeelDateTime, FeelLimitError } from "#feel/index.ts";
import { offsetOfLocal } from "#feel/temporal/zone.ts";
import { DAY_MS } from "#kernel/time.ts";
import { firstZone } from "../calendar/local-time.ts";
import type { CustomerState } from "../records/customer.ts";
import type { JourneyRun } from "../records/journey.ts";
import { environmentOf, type JourneyContext, scopeOf } from "./context.ts";

const NANOS_PER_MS = 1_000_000;
/** What `Date` can say (ECMA-262, 21.4.1.1). */
const LAST_MS = 8.64e15;

/** The customer's own zone where the profile or a device named one, else the brand's. */
const zoneFor = ({ traits, deviceZone }: CustomerState, brandZone: string): string =>
  firstZone([traits.timezone?.value, traits.timeZone?.value, deviceZone?.name], brandZone);

const localMs = (zone: string, epochDay: number, msOfDay: number): number => {
  const offset = offsetOfLocal(zone, epochDay, Math.floor(msOfDay / 1_000)) ?? 0;
  return epochDay * DAY_MS + msOfDay - offset * 1_000;
};

/**
 * The moment that a rule gives, in milliseconds since the epoch: a day begins at midnight where the customer is, and so do
 * hours without a zone count. Null where it gives no date: never now. `now` in the rule is when the step began: "the next
 * birthday" is still the same day when it has come.
 */
export const momentOf = (
  rule: CompiledExpression | undefined,
  run: JourneyRun,
  context: JourneyContext,
): number | null => {
  if (rule === undefined) return null;
  const zone = zoneFor(context.state, context.playbook.document.brand.timeZone);
  const value = evaluated(rule, run, { ...context, now: Date.parse(run.since) });
  if (value instanceof FeelDate) return within(localMs(zone, value.epochDay, 0));
  if (!(value instanceof FeelDateTime)) return null;
  const { epochDay, nanoOfDay, offset } = value;
  const msOfDay = Math.floor(nanoOfDay / NANOS_PER_MS);
  if (offset === null) return within(localMs(zone, epochDay, msOfDay));
  return within(epochDay * DAY_MS + msOfDay - offset * 1_000);
};

const within = (ms: number): number | null => (Math.abs(ms) <= LAST_MS ? ms : null);

const evaluated = (rule: CompiledExpression, run: JourneyRun, context: JourneyContext) => {
  try {
    return rule.evaluate(scopeOf(context, run.entry), environmentOf(context));
  } catch (error) {
    if (error instanceof FeelLimitError) return null;
    throw error;
  }
};
