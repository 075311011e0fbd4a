import { DAYS_DURATION, type FeelType, NUMBER, STRING } from "../types.ts";
import { civilDateOf, weekdayOf } from "./calendar.ts";
import { quotient } from "./quotient.ts";
import {
  FeelDate,
  FeelDateTime,
  FeelDaysDuration,
  FeelMonthsDuration,
  type FeelObject,
  FeelTime,
  NANOS_PER_SECOND,
} from "./values.ts";
import { offsetOfLocal } from "./zone.ts";

const DATE_PROPERTIES = ["year", "month", "day", "weekday"];
const TIME_PROPERTIES = ["hour", "minute", "second"];

/** The properties of each type of time (DMN 1.5, table 54). */
const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  date: DATE_PROPERTIES,
  "date and time": [...DATE_PROPERTIES, ...TIME_PROPERTIES, "time offset", "timezone"],
  time: [...TIME_PROPERTIES, "time offset", "timezone"],
  "days and time duration": ["days", "hours", "minutes", "seconds"],
  "years and months duration": ["years", "months"],
};

export function propertyType(type: FeelType, name: string): FeelType | undefined {
  if (!PROPERTIES[type.kind]?.includes(name)) return undefined;
  if (name === "time offset") return DAYS_DURATION;
  return name === "timezone" ? STRING : NUMBER;
}

type Property = number | string | FeelDaysDuration | null;

/** The property of that name; null if the value has none to give, undefined if its type has no such property. */
export function propertyOf(value: FeelObject, name: string): Property | undefined {
  if (value instanceof FeelDate) return dateProperty(value.epochDay, name);
  if (value instanceof FeelTime) return timeProperty(value, name);
  if (value instanceof FeelDateTime) return dateProperty(value.epochDay, name) ?? timeProperty(value, name);
  if (value instanceof FeelDaysDuration) return daysProperty(value, name);
  return value instanceof FeelMonthsDuration ? monthsProperty(value.months, name) : undefined;
}

function dateProperty(epochDay: number, name: string): number | undefined {
  switch (name) {
    case "year":
    case "month":
    case "day":
      return civilDateOf(epochDay)[name];
    case "weekday":
      return weekdayOf(epochDay);
    default:
      return undefined;
  }
}

function timeProperty(value: FeelTime | FeelDateTime, name: string): Property | undefined {
  const seconds = quotient(value.nanoOfDay, NANOS_PER_SECOND);
  switch (name) {
    case "hour":
      return quotient(seconds, 3600);
    case "minute":
      return quotient(seconds, 60) % 60;
    case "second":
      return seconds % 60;
    case "time offset": {
      const offset = value.offset ?? (value.zone === null ? null : offsetOfLocal(value.zone, 0, seconds));
      return offset === null ? null : new FeelDaysDuration(offset, 0);
    }
    case "timezone":
      return value.zone;
    default:
      return undefined;
  }
}

/** The parts have the duration's sign, and no negative zero, which prints and compares oddly elsewhere. */
function daysProperty({ seconds, nano }: FeelDaysDuration, name: string): number | undefined {
  const whole = seconds < 0 && nano > 0 ? seconds + 1 : seconds;
  switch (name) {
    case "days":
      return Math.trunc(whole / 86_400) + 0;
    case "hours":
      return (Math.trunc(whole / 3600) % 24) + 0;
    case "minutes":
      return (Math.trunc(whole / 60) % 60) + 0;
    case "seconds":
      return (whole % 60) + 0;
    default:
      return undefined;
  }
}

function monthsProperty(months: number, name: string): number | undefined {
  switch (name) {
    case "years":
      return Math.trunc(months / 12) + 0;
    case "months":
      return (months % 12) + 0;
    default:
      return undefined;
  }
}
