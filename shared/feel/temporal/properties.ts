import {
  FeelDate,
  FeelDateTime,
  FeelDaysDuration,
  FeelMonthsDuration,
  type FeelObject,
  FeelTime,
  NANOS_PER_SECOND,
} from "../values/temporal.ts";
import { DAYS_DURATION, type FeelType, NUMBER, STRING } from "../values/types.ts";
import { civilDateOf, weekdayOf } from "./calendar.ts";
import { timeOffset } from "./compare.ts";
import { quotient } from "./quotient.ts";

type Property = number | string | FeelDaysDuration | null;
type Parts<T> = Readonly<Record<string, (value: T) => Property>>;

const DATE_PARTS: Parts<FeelDate | FeelDateTime> = {
  year: ({ epochDay }) => civilDateOf(epochDay).year,
  month: ({ epochDay }) => civilDateOf(epochDay).month,
  day: ({ epochDay }) => civilDateOf(epochDay).day,
  weekday: ({ epochDay }) => weekdayOf(epochDay),
};

function secondOfDay({ nanoOfDay }: FeelTime | FeelDateTime): number {
  return quotient(nanoOfDay, NANOS_PER_SECOND);
}

const TIME_PARTS: Parts<FeelTime | FeelDateTime> = {
  hour: (time) => quotient(secondOfDay(time), 3600),
  minute: (time) => quotient(secondOfDay(time), 60) % 60,
  second: (time) => secondOfDay(time) % 60,
  "time offset": (time) => {
    const offset = timeOffset(time);
    return offset === null ? null : new FeelDaysDuration(offset, 0);
  },
  timezone: ({ zone }) => zone,
};

/** Whole seconds towards zero. */
function wholeSeconds({ seconds, nano }: FeelDaysDuration): number {
  return seconds < 0 && nano > 0 ? seconds + 1 : seconds;
}

/** The parts of a duration have its sign, and no negative zero, which prints and compares oddly elsewhere. */
const DAYS_PARTS: Parts<FeelDaysDuration> = {
  days: (duration) => Math.trunc(wholeSeconds(duration) / 86_400) + 0,
  hours: (duration) => (Math.trunc(wholeSeconds(duration) / 3600) % 24) + 0,
  minutes: (duration) => (Math.trunc(wholeSeconds(duration) / 60) % 60) + 0,
  seconds: (duration) => (wholeSeconds(duration) % 60) + 0,
};

const MONTHS_PARTS: Parts<FeelMonthsDuration> = {
  years: ({ months }) => Math.trunc(months / 12) + 0,
  months: ({ months }) => (months % 12) + 0,
};

/** The properties of each type of time (DMN 1.5, table 54). */
const PARTS: Readonly<Record<string, object>> = {
  date: DATE_PARTS,
  "date and time": { ...DATE_PARTS, ...TIME_PARTS },
  time: TIME_PARTS,
  "days and time duration": DAYS_PARTS,
  "years and months duration": MONTHS_PARTS,
};

/** The type of a property of values of time; undefined if values of that type have no such property. */
export function propertyType({ kind }: FeelType, name: string): FeelType | undefined {
  if (!Object.hasOwn(PARTS[kind] ?? {}, name)) return undefined;
  if (name === "time offset") return DAYS_DURATION;
  return name === "timezone" ? STRING : NUMBER;
}

/** The property of that name; null if the value has none to give, undefined if its type has no such property. */
export function propertyOf(value: FeelObject, name: string): Property | undefined {
  if (value instanceof FeelDate) return partOf(value, name, DATE_PARTS);
  if (value instanceof FeelTime) return partOf(value, name, TIME_PARTS);
  if (value instanceof FeelDateTime) {
    return partOf(value, name, DATE_PARTS) ?? partOf(value, name, TIME_PARTS);
  }
  if (value instanceof FeelDaysDuration) return partOf(value, name, DAYS_PARTS);
  return value instanceof FeelMonthsDuration ? partOf(value, name, MONTHS_PARTS) : undefined;
}

function partOf<T>(value: T, name: string, parts: Parts<T>): Property | undefined {
  return Object.hasOwn(parts, name) ? parts[name]?.(value) : undefined;
}
