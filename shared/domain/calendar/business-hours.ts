import { DAY_MS } from "#kernel/time.ts";
import { holidayCalendar } from "./holidays.ts";
import { dayOfWeek, localDay, offsetAt } from "./local-time.ts";

/** A stretch of a day, by local clocks: `HH:MM`, `to` is not in it; `24:00` ends the day. */
export type OpenTime = { readonly from: string; readonly to: string };

/** When people work. A break is the time between two stretches of a day. */
export type BusinessHours = {
  /** IANA name. */
  readonly timeZone: string;
  /** The stretches of each day of the week, Monday first. */
  readonly week: readonly (readonly OpenTime[])[];
  /** Rules of holidays.ts: nobody works on those days. */
  readonly holidays: readonly string[];
};

/** Longer than any company is closed: hours that leave no time until then leave none at all. */
const LONGEST_CLOSED_DAYS = 400;

const msOf = (time: string): number => {
  const [hours, minutes] = time.split(":");
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
};

/** The instant at which the zone's clocks show a time of a day; where they skip it, the moment after the gap. */
const instantOf = (zone: string, day: number, msOfDay: number): number => {
  const shown = day * DAY_MS + msOfDay;
  const guess = shown - offsetAt(zone, shown);
  const settled = shown - offsetAt(zone, guess);
  return settled + offsetAt(zone, settled) === shown ? settled : Math.max(guess, settled);
};

type Stretch = { readonly from: number; readonly to: number };

/** The stretches of a local day (days since 1970-01-01) as instants, in their order. */
const stretchesOf = (
  { timeZone, week }: BusinessHours,
  isHoliday: (day: number) => boolean,
  day: number,
): readonly Stretch[] => {
  if (isHoliday(day)) return [];
  const weekday = dayOfWeek("UTC", day * DAY_MS);
  return (week[weekday] ?? [])
    .map(({ from, to }) => ({
      from: instantOf(timeZone, day, msOf(from)),
      to: instantOf(timeZone, day, msOf(to)),
    }))
    .filter(({ from, to }) => from < to)
    .toSorted((a, b) => a.from - b.from);
};

/**
 * When so much working time has passed since an instant (both in milliseconds): breaks, nights, days off and holidays do
 * not count. Null: the hours leave no time.
 */
export const afterWorking = (hours: BusinessHours, since: number, workingMs: number): number | null => {
  const isHoliday = holidayCalendar(hours.holidays);
  const first = localDay(hours.timeZone, since);
  let left = workingMs;
  let at = since;
  let closedDays = 0;
  for (let day = first; closedDays <= LONGEST_CLOSED_DAYS; day += 1) {
    const before = left;
    for (const { from, to } of stretchesOf(hours, isHoliday, day)) {
      const start = Math.max(from, at);
      if (start >= to) continue;
      if (start + left <= to) return start + left;
      left -= to - start;
      at = to;
    }
    closedDays = left < before ? 0 : closedDays + 1;
  }
  return null;
};

/** Working time between two instants (all in milliseconds); past the longest that anybody is asked about, no more is counted. */
export const workingBetween = (hours: BusinessHours, from: number, to: number): number => {
  const isHoliday = holidayCalendar(hours.holidays);
  const first = localDay(hours.timeZone, from);
  const last = Math.min(localDay(hours.timeZone, to), first + LONGEST_CLOSED_DAYS);
  let worked = 0;
  for (let day = first; day <= last; day += 1)
    for (const stretch of stretchesOf(hours, isHoliday, day))
      worked += Math.max(0, Math.min(stretch.to, to) - Math.max(stretch.from, from));
  return worked;
};
