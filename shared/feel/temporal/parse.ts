import {
  FeelDate,
  FeelDateTime,
  FeelDaysDuration,
  FeelMonthsDuration,
  FeelTime,
  MAXIMUM_OFFSET,
  NANOS_PER_DAY,
  NANOS_PER_SECOND,
  SECONDS_PER_DAY,
} from "../values/temporal.ts";
import { checkedEpochDay, isEpochDay } from "./calendar.ts";
import { quotient } from "./quotient.ts";
import { isZone, offsetOfLocal } from "./zone.ts";

export type Temporal = FeelDate | FeelTime | FeelDateTime | FeelDaysDuration | FeelMonthsDuration;

/** Longer texts are no dates; bounding them keeps the patterns below from any work on hostile input. */
const MAXIMUM_LENGTH = 100;

const DATE = /^(-?)(\d{4}|[1-9]\d{4,8})-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:(Z)|([+-])(\d\d):(\d\d)(?::(\d\d))?|@(.+))?$/;
const MONTHS = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?$/;
const DAYS = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?$/;

/** Reads `2025-03-31`; null if it is not a date. */
export function parseDate(text: string): FeelDate | null {
  const epochDay = parseEpochDay(text);
  return epochDay === null ? null : new FeelDate(epochDay);
}

function parseEpochDay(text: string): number | null {
  if (text.length > MAXIMUM_LENGTH) return null;
  const match = DATE.exec(text);
  if (!match) return null;
  const year = Number(match[2]) * (match[1] ? -1 : 1);
  return checkedEpochDay(year, Number(match[3]), Number(match[4]));
}

interface LocalTime {
  readonly nanoOfDay: number;
  readonly offset: number | null;
  readonly zone: string | null;
}

function parseLocalTime(text: string): LocalTime | null {
  if (text.length > MAXIMUM_LENGTH) return null;
  const match = TIME.exec(text);
  if (!match) return null;
  const [, hour, minute, second, fraction, utc, sign, offsetHours, offsetMinutes, offsetSeconds, zone] =
    match;
  const nanoOfDay = checkedNanoOfDay(Number(hour), Number(minute), Number(second), nanosOf(fraction));
  if (nanoOfDay === null || (zone !== undefined && !isZone(zone))) return null;
  if (!sign) return { nanoOfDay, offset: utc ? 0 : null, zone: zone ?? null };
  if (Number(offsetMinutes) > 59 || Number(offsetSeconds ?? 0) > 59) return null;
  const size = Number(offsetHours) * 3600 + Number(offsetMinutes) * 60 + Number(offsetSeconds ?? 0);
  if (size > MAXIMUM_OFFSET) return null;
  return { nanoOfDay, offset: sign === "-" ? 0 - size : size, zone: null };
}

function nanosOf(fraction = ""): number {
  return Number(fraction.slice(0, 9).padEnd(9, "0"));
}

/** Nanoseconds since midnight, 24:00:00 counting as the end of the day; null if there is no such time. */
export function checkedNanoOfDay(hour: number, minute: number, second: number, nano: number): number | null {
  if (hour === 24 && minute === 0 && second === 0 && nano === 0) return NANOS_PER_DAY;
  if (!(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second < 60)) return null;
  return (hour * 3600 + minute * 60 + second) * NANOS_PER_SECOND + nano;
}

/** Reads `12:30:00`, `12:30:00.5Z`, `12:30:00+01:00`, `12:30:00@Europe/Paris`; null if it is not a time. */
export function parseTime(text: string): FeelTime | null {
  const time = parseLocalTime(text.startsWith("T") ? text.slice(1) : text);
  return time && new FeelTime(time.nanoOfDay % NANOS_PER_DAY, time.offset, time.zone);
}

/** Reads a date, `T` and a time; null if it is neither. */
export function parseDateTime(text: string): FeelDateTime | null {
  const separator = text.indexOf("T");
  if (separator === -1) return null;
  const epochDay = parseEpochDay(text.slice(0, separator));
  const time = parseLocalTime(text.slice(separator + 1));
  if (epochDay === null || !time) return null;
  const { nanoOfDay, offset, zone } = time;
  if (nanoOfDay < NANOS_PER_DAY) return dateTimeOf(epochDay, nanoOfDay, offset, zone);
  return isEpochDay(epochDay + 1) ? dateTimeOf(epochDay + 1, 0, offset, zone) : null;
}

/** A date and time whose offset is settled: that of `zone` at that moment if there is a zone. */
export function dateTimeOf(
  epochDay: number,
  nanoOfDay: number,
  offset: number | null,
  zone: string | null,
): FeelDateTime {
  if (zone === null) return new FeelDateTime(epochDay, nanoOfDay, offset, null);
  const secondOfDay = quotient(nanoOfDay, NANOS_PER_SECOND);
  return new FeelDateTime(epochDay, nanoOfDay, offsetOfLocal(zone, epochDay, secondOfDay), zone);
}

/** Reads `P1Y2M` or `P1DT2H3M4.5S`; null for a mixture, which has no length. */
export function parseDuration(text: string): FeelDaysDuration | FeelMonthsDuration | null {
  if (text.length > MAXIMUM_LENGTH || /[PT]$/.test(text)) return null;
  const months = MONTHS.exec(text);
  if (months) {
    const total = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0);
    if (!Number.isSafeInteger(total)) return null;
    return new FeelMonthsDuration(months[1] ? 0 - total : total);
  }
  const match = DAYS.exec(text);
  if (!match) return null;
  const [, sign, days, hours, minutes, seconds, fraction] = match;
  const total =
    Number(days ?? 0) * SECONDS_PER_DAY +
    Number(hours ?? 0) * 3600 +
    Number(minutes ?? 0) * 60 +
    Number(seconds ?? 0);
  if (!Number.isSafeInteger(total)) return null;
  const nano = nanosOf(fraction);
  return sign ? durationOf(0 - total, 0 - nano) : durationOf(total, nano);
}

/** Brings nanoseconds into 0..999,999,999. */
export function durationOf(seconds: number, nano: number): FeelDaysDuration {
  const carry = quotient(nano, NANOS_PER_SECOND);
  return new FeelDaysDuration(seconds + carry, nano - carry * NANOS_PER_SECOND);
}

/** Reads any of the five, as `@"..."` does; null if it is none. */
export function parseTemporal(text: string): Temporal | null {
  if (/^-?P/.test(text)) return parseDuration(text);
  if (/^-?\d+-\d\d-\d\dT/.test(text)) return parseDateTime(text);
  return parseDate(text) ?? parseTime(text);
}
