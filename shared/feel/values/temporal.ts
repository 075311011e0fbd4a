/**
 * Values of time as integers: comparing and adding them is integer arithmetic, and Intl is needed only for named
 * zones. All are immutable.
 */
export abstract class FeelObject {
  abstract readonly kind: string;
}

/** A day of the proleptic Gregorian calendar, as days since 1970-01-01. */
export class FeelDate extends FeelObject {
  readonly kind = "date";
  readonly epochDay: number;

  constructor(epochDay: number) {
    super();
    this.epochDay = epochDay;
  }
}

/**
 * A time of day. `nanoOfDay` counts from local midnight; `offset` is seconds east of UTC, null for a local time and
 * for a time in a named zone, whose offset depends on the day.
 */
export class FeelTime extends FeelObject {
  readonly kind = "time";
  readonly nanoOfDay: number;
  readonly offset: number | null;
  readonly zone: string | null;

  constructor(nanoOfDay: number, offset: number | null, zone: string | null) {
    super();
    this.nanoOfDay = nanoOfDay;
    this.offset = offset;
    this.zone = zone;
  }
}

/** A day with a time of day; `offset` is also set for a named zone (the zone's offset at that moment). */
export class FeelDateTime extends FeelObject {
  readonly kind = "date and time";
  readonly epochDay: number;
  readonly nanoOfDay: number;
  readonly offset: number | null;
  readonly zone: string | null;

  constructor(epochDay: number, nanoOfDay: number, offset: number | null, zone: string | null) {
    super();
    this.epochDay = epochDay;
    this.nanoOfDay = nanoOfDay;
    this.offset = offset;
    this.zone = zone;
  }
}

/** An exact length of time: whole seconds (negative for a negative duration) and 0..999,999,999 nanoseconds more. */
export class FeelDaysDuration extends FeelObject {
  readonly kind = "days and time duration";
  readonly seconds: number;
  readonly nano: number;

  constructor(seconds: number, nano: number) {
    super();
    this.seconds = seconds;
    this.nano = nano;
  }
}

/** A length in calendar months. */
export class FeelMonthsDuration extends FeelObject {
  readonly kind = "years and months duration";
  readonly months: number;

  constructor(months: number) {
    super();
    this.months = months;
  }
}

export const NANOS_PER_SECOND = 1_000_000_000;
export const SECONDS_PER_DAY = 86_400;
export const NANOS_PER_DAY = SECONDS_PER_DAY * NANOS_PER_SECOND;

/** Seconds. Offsets go no further than java.time's, which TCK expects: 18 hours. */
export const MAXIMUM_OFFSET = 18 * 3600;
