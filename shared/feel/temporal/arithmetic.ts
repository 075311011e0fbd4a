import { divideNumbers } from "../numbers/arithmetic.ts";
import {
  FeelDate,
  FeelDateTime,
  FeelDaysDuration,
  FeelMonthsDuration,
  FeelTime,
  NANOS_PER_DAY,
  NANOS_PER_SECOND,
  SECONDS_PER_DAY,
} from "../values/temporal.ts";
import { isEpochDay, plusMonths } from "./calendar.ts";
import { secondsOf } from "./compare.ts";
import { dateTimeOf, durationOf } from "./parse.ts";
import { quotient } from "./quotient.ts";
import { offsetOfInstant } from "./zone.ts";

type Sum = FeelDate | FeelTime | FeelDateTime | FeelDaysDuration | FeelMonthsDuration;

/** `left + right` where both are values of time; undefined if FEEL knows no such sum (DMN 1.5, table 57). */
export function addTemporals(left: unknown, right: unknown): Sum | null | undefined {
  if (!isDuration(left)) return addDuration(left, right);
  if (!isDuration(right)) return addDuration(right, left);
  if (left instanceof FeelDaysDuration && right instanceof FeelDaysDuration) {
    return checkedDuration(left.seconds + right.seconds, left.nano + right.nano);
  }
  return left instanceof FeelMonthsDuration && right instanceof FeelMonthsDuration
    ? checkedMonths(left.months + right.months)
    : undefined;
}

/** Whether the value is a duration, of either kind. */
export function isDuration(value: unknown): value is FeelDaysDuration | FeelMonthsDuration {
  return value instanceof FeelDaysDuration || value instanceof FeelMonthsDuration;
}

function addDuration(moment: unknown, duration: unknown): Sum | null | undefined {
  if (duration instanceof FeelMonthsDuration) {
    if (moment instanceof FeelDate) {
      const epochDay = plusMonths(moment.epochDay, duration.months);
      return epochDay === null ? null : new FeelDate(epochDay);
    }
    if (moment instanceof FeelDateTime) {
      const epochDay = plusMonths(moment.epochDay, duration.months);
      return epochDay === null ? null : dateTimeOf(epochDay, moment.nanoOfDay, moment.offset, moment.zone);
    }
    return undefined;
  }
  if (!(duration instanceof FeelDaysDuration)) return undefined;
  if (moment instanceof FeelDate) {
    const epochDay = moment.epochDay + quotient(duration.seconds, SECONDS_PER_DAY);
    return isEpochDay(epochDay) ? new FeelDate(epochDay) : null;
  }
  if (moment instanceof FeelTime) {
    const seconds = ((duration.seconds % SECONDS_PER_DAY) + SECONDS_PER_DAY) % SECONDS_PER_DAY;
    const nanoOfDay = (moment.nanoOfDay + seconds * NANOS_PER_SECOND + duration.nano) % NANOS_PER_DAY;
    return new FeelTime(nanoOfDay, moment.offset, moment.zone);
  }
  return moment instanceof FeelDateTime ? addToDateTime(moment, duration) : undefined;
}

/**
 * Adds to the moment itself (DMN 1.5, table 57, by way of value_dt), so that `a + (b - a)` is b: in a named zone whose
 * clocks change on the way, the local time moves by an hour more or less.
 */
function addToDateTime(moment: FeelDateTime, duration: FeelDaysDuration): FeelDateTime | null {
  const sum = onLocalClock(moment, duration.seconds, duration.nano, moment.offset);
  if (sum === null || moment.zone === null) return sum;
  const offset = offsetOfInstant(moment.zone, secondsOf(sum)) ?? 0;
  return onLocalClock(sum, offset - (moment.offset ?? 0), 0, offset);
}

function onLocalClock(
  { epochDay, nanoOfDay, zone }: FeelDateTime,
  seconds: number,
  nano: number,
  offset: number | null,
): FeelDateTime | null {
  const days = quotient(seconds, SECONDS_PER_DAY);
  const later = nanoOfDay + (seconds - days * SECONDS_PER_DAY) * NANOS_PER_SECOND + nano;
  const carry = later >= NANOS_PER_DAY ? 1 : 0;
  const day = epochDay + days + carry;
  return isEpochDay(day) ? new FeelDateTime(day, later - carry * NANOS_PER_DAY, offset, zone) : null;
}

/** `left - right` where both are values of time; undefined if FEEL knows no such difference. */
export function subtractTemporals(left: unknown, right: unknown): Sum | null | undefined {
  if (isDuration(right)) return addTemporals(left, negateDuration(right));
  if (left instanceof FeelTime && right instanceof FeelTime) return subtractTimes(left, right);
  return subtractMoments(left, right);
}

function subtractTimes(left: FeelTime, right: FeelTime): FeelDaysDuration | undefined {
  const leftIsLocal = left.offset === null && left.zone === null;
  const rightIsLocal = right.offset === null && right.zone === null;
  if (leftIsLocal !== rightIsLocal) return undefined;
  const start = dateTimeOf(0, right.nanoOfDay, right.offset, right.zone);
  return difference(dateTimeOf(0, left.nanoOfDay, left.offset, left.zone), start);
}

/** A date stands for its midnight in UTC beside a date and time (DMN 1.5, table 57). */
function subtractMoments(left: unknown, right: unknown): FeelDaysDuration | undefined {
  const end = left instanceof FeelDate ? new FeelDateTime(left.epochDay, 0, 0, null) : left;
  const start = right instanceof FeelDate ? new FeelDateTime(right.epochDay, 0, 0, null) : right;
  if (!(end instanceof FeelDateTime && start instanceof FeelDateTime)) return undefined;
  if ((end.offset === null) !== (start.offset === null)) return undefined;
  return difference(end, start);
}

function difference(end: FeelDateTime, start: FeelDateTime): FeelDaysDuration {
  const nano = (end.nanoOfDay % NANOS_PER_SECOND) - (start.nanoOfDay % NANOS_PER_SECOND);
  return durationOf(secondsOf(end) - secondsOf(start), nano);
}

export function negateDuration(
  duration: FeelDaysDuration | FeelMonthsDuration,
): FeelDaysDuration | FeelMonthsDuration {
  return duration instanceof FeelDaysDuration
    ? durationOf(0 - duration.seconds, 0 - duration.nano)
    : new FeelMonthsDuration(0 - duration.months);
}

/**
 * A duration made longer or shorter by `scale`, which multiplies or divides; null if the result cannot be told. Months
 * are rounded towards zero.
 */
export function scaleDuration(
  duration: FeelDaysDuration | FeelMonthsDuration,
  scale: (length: number) => number,
): FeelDaysDuration | FeelMonthsDuration | null {
  if (duration instanceof FeelMonthsDuration) return checkedMonths(Math.trunc(scale(duration.months)) + 0);
  const exact = scale(duration.seconds);
  const seconds = Math.floor(exact);
  return checkedDuration(seconds, Math.round((exact - seconds) * NANOS_PER_SECOND + scale(duration.nano)));
}

/** How often `divisor` goes into `duration`; null if it is zero. Undefined for durations of different kinds. */
export function divideDurations(
  duration: FeelDaysDuration | FeelMonthsDuration,
  divisor: FeelDaysDuration | FeelMonthsDuration,
): number | null | undefined {
  if (duration instanceof FeelMonthsDuration && divisor instanceof FeelMonthsDuration) {
    return divisor.months === 0 ? null : divideNumbers(duration.months, divisor.months);
  }
  if (!(duration instanceof FeelDaysDuration && divisor instanceof FeelDaysDuration)) return undefined;
  const size = lengthOf(divisor);
  return size === 0 ? null : divideNumbers(lengthOf(duration), size);
}

/** The length in seconds, with fraction. */
export function lengthOf({ seconds, nano }: FeelDaysDuration): number {
  return seconds + nano / NANOS_PER_SECOND;
}

function checkedDuration(seconds: number, nano: number): FeelDaysDuration | null {
  return Number.isSafeInteger(seconds) && Number.isFinite(nano) ? durationOf(seconds, nano) : null;
}

function checkedMonths(months: number): FeelMonthsDuration | null {
  return Number.isSafeInteger(months) ? new FeelMonthsDuration(months) : null;
}
