import { FeelDate, FeelDateTime, type FeelValue } from "#feel/index.ts";
import { offsetOfLocal } from "#feel/temporal/zone.ts";
import { DAY_MS } from "#kernel/time.ts";
import { firstZone, localDay } from "../calendar/local-time.ts";
import type { CustomerState } from "../records/customer.ts";

const NANOS_PER_MS = 1_000_000;
/** What `Date` can say (ECMA-262, 21.4.1.1). */
const LAST_MS = 8.64e15;

type Whose = Pick<CustomerState, "traits" | "deviceZone">;

/** The customer's own zone where the profile or a device named one, else the brand's. */
export const ownZone = ({ traits, deviceZone }: Whose, brandZone: string): string =>
  firstZone([traits.timezone?.value, traits.timeZone?.value, deviceZone?.name], brandZone);

const within = (ms: number): number | null => (Math.abs(ms) <= LAST_MS ? ms : null);

/**
 * When the zone's clocks show that time of that day (days since 1970-01-01), in milliseconds since the epoch. Where they skip
 * it, the moment an hour on; where they show it twice, the earlier one. Null: past what dates can say.
 */
export const atLocal = (zone: string, epochDay: number, msOfDay: number): number | null => {
  const offset = offsetOfLocal(zone, epochDay, Math.floor(msOfDay / 1_000)) ?? 0;
  return within(epochDay * DAY_MS + msOfDay - offset * 1_000);
};

/**
 * The moment that a value stands for, in milliseconds since the epoch: a day begins at midnight in the zone, and so do hours
 * without a zone count. Null: it is no date.
 */
export const momentOfValue = (value: FeelValue, zone: string): number | null => {
  if (value instanceof FeelDate) return atLocal(zone, value.epochDay, 0);
  if (!(value instanceof FeelDateTime)) return null;
  const { epochDay, nanoOfDay, offset } = value;
  const msOfDay = Math.floor(nanoOfDay / NANOS_PER_MS);
  if (offset === null) return atLocal(zone, epochDay, msOfDay);
  return within(epochDay * DAY_MS + msOfDay - offset * 1_000);
};

/** The day that a value stands for where the zone's clocks are, in days since 1970-01-01; null: it is no date. */
export const dayOfValue = (value: FeelValue, zone: string): number | null => {
  if (value instanceof FeelDate) return value.epochDay;
  const moment = momentOfValue(value, zone);
  return moment === null ? null : localDay(zone, moment);
};
