import {
  FeelDate,
  FeelDateTime,
  FeelDaysDuration,
  FeelMonthsDuration,
  FeelTime,
  NANOS_PER_SECOND,
  SECONDS_PER_DAY,
} from "../values/temporal.ts";
import { quotient } from "./quotient.ts";
import { offsetOfLocal } from "./zone.ts";

/**
 * Seconds since 1970-01-01T00:00, of UTC for a value with an offset, else of its own unknown zone. Such values are
 * only compared with their like.
 */
export function secondsOf(value: FeelDateTime): number {
  const secondOfDay = quotient(value.nanoOfDay, NANOS_PER_SECOND);
  return value.epochDay * SECONDS_PER_DAY + secondOfDay - (value.offset ?? 0);
}

function compareDateTimes(left: FeelDateTime, right: FeelDateTime): number | null {
  if ((left.offset === null) !== (right.offset === null)) return null;
  const seconds = secondsOf(left) - secondsOf(right);
  return seconds !== 0 ? seconds : (left.nanoOfDay % NANOS_PER_SECOND) - (right.nanoOfDay % NANOS_PER_SECOND);
}

/** A named zone's offset depends on the day; a bare time has none, so the zone's offset of 1970-01-01 stands in. */
export function timeOffset({ offset, zone, nanoOfDay }: FeelTime | FeelDateTime): number | null {
  return offset ?? (zone === null ? null : offsetOfLocal(zone, 0, quotient(nanoOfDay, NANOS_PER_SECOND)));
}

function compareTimes(left: FeelTime, right: FeelTime): number | null {
  const leftOffset = timeOffset(left);
  const rightOffset = timeOffset(right);
  if ((leftOffset === null) !== (rightOffset === null)) return null;
  return left.nanoOfDay - right.nanoOfDay - ((leftOffset ?? 0) - (rightOffset ?? 0)) * NANOS_PER_SECOND;
}

function compareDays(left: FeelDaysDuration, right: FeelDaysDuration): number {
  return left.seconds !== right.seconds ? left.seconds - right.seconds : left.nano - right.nano;
}

/** Negative, zero or positive; null if the two are of different types or have no order. */
export function compareTemporals(left: unknown, right: unknown): number | null {
  if (left instanceof FeelDate) {
    return right instanceof FeelDate ? left.epochDay - right.epochDay : null;
  }
  if (left instanceof FeelDateTime)
    return right instanceof FeelDateTime ? compareDateTimes(left, right) : null;
  if (left instanceof FeelTime) return right instanceof FeelTime ? compareTimes(left, right) : null;
  if (left instanceof FeelDaysDuration) {
    return right instanceof FeelDaysDuration ? compareDays(left, right) : null;
  }
  if (left instanceof FeelMonthsDuration) {
    return right instanceof FeelMonthsDuration ? left.months - right.months : null;
  }
  return null;
}

/**
 * Equality of values of time (DMN 1.5, table 42): by whole seconds for times and dates with time, so fractions of
 * a second do not tell two apart. Null for values of different types.
 */
export function equalTemporals(left: unknown, right: unknown): boolean | null {
  if (left instanceof FeelDateTime && right instanceof FeelDateTime) {
    return (left.offset === null) === (right.offset === null) && secondsOf(left) === secondsOf(right);
  }
  if (left instanceof FeelTime && right instanceof FeelTime) {
    const leftOffset = timeOffset(left);
    const rightOffset = timeOffset(right);
    return (
      (leftOffset === null) === (rightOffset === null) &&
      wholeSeconds(left, leftOffset) === wholeSeconds(right, rightOffset)
    );
  }
  const order = compareTemporals(left, right);
  return order === null ? null : order === 0;
}

function wholeSeconds({ nanoOfDay }: FeelTime, offset: number | null): number {
  return quotient(nanoOfDay, NANOS_PER_SECOND) - (offset ?? 0);
}

/** Sameness as `is()` asks for it: also the same offset or zone. */
export function sameTemporal(left: unknown, right: unknown): boolean {
  if (compareTemporals(left, right) !== 0) return false;
  const [one, other] = [left, right].map((value) =>
    value instanceof FeelTime || value instanceof FeelDateTime ? value : undefined,
  );
  return one?.offset === other?.offset && one?.zone === other?.zone;
}
