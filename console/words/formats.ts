import type { Counted } from "./catalogue.ts";

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;
const UNITS = ["week", "day", "hour", "minute", "second"] as const;
/** `P1W`, `P3D`, `PT1H30M`: an ISO-8601 duration as the hub's files hold it. */
const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
/** What lies further back is told by its date. */
const TOLD_AS_AGO_S = 7 * DAY_S;

const TENTHS = { minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;

/** Writes numbers and times as people of one language and country do. Times are those of `timeZone`. */
export const formatsFor = (locale: string, timeZone?: string) => {
  const zone = timeZone === undefined ? {} : { timeZone };
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const lined = new Intl.NumberFormat(locale, TENTHS);
  const linedShare = new Intl.NumberFormat(locale, { style: "percent", ...TENTHS });
  const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const difference = new Intl.NumberFormat(locale, {
    maximumSignificantDigits: 3,
    signDisplay: "exceptZero",
  });
  const plural = new Intl.PluralRules(locale);
  const clock = new Intl.DateTimeFormat(locale, { ...zone, timeStyle: "short" });
  const date = new Intl.DateTimeFormat(locale, {
    ...zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const both = new Intl.DateTimeFormat(locale, { ...zone, dateStyle: "medium", timeStyle: "short" });
  const exact = new Intl.DateTimeFormat(locale, { ...zone, dateStyle: "full", timeStyle: "long" });
  const calendarDay = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
  });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  const list = new Intl.ListFormat(locale, { type: "conjunction" });

  /** What is no time is shown as it came. */
  const timed = (format: Intl.DateTimeFormat, at: string): string => {
    const time = Date.parse(at);
    return Number.isNaN(time) ? at : format.format(time);
  };

  return {
    number: (value: number): string => whole.format(value),
    /** `12.4K`: for figures whose size matters more than their last digits. */
    compact: (value: number): string => short.format(value),
    /** 0.125 -> `12.5 %`. */
    percent: (value: number): string => share.format(value),
    /** Always to one tenth, so that the figures of a column stand below one another. */
    tenths: (value: number): string => lined.format(value),
    percentTenths: (value: number): string => linedShare.format(value),
    /** With its sign, to three digits. */
    difference: (value: number): string => difference.format(value),
    count: (value: number, words: Counted): string =>
      (plural.select(value) === "one" ? words.one : words.other).replace("#", whole.format(value)),
    time: (at: string): string => timed(clock, at),
    date: (at: string): string => timed(date, at),
    moment: (at: string): string => timed(both, at),
    /** With weekday, seconds and zone. */
    exactly: (at: string): string => timed(exact, at),
    /** `2026-11-30`, a day of some calendar, whatever zone the reader is in. */
    day: (day: string): string => timed(calendarDay, day),
    /** `3 min. ago` up to a week, then the date. `now` in milliseconds. */
    ago: (at: string, now: number): string => {
      const seconds = (Date.parse(at) - now) / 1000;
      const size = Math.abs(seconds);
      if (Number.isNaN(seconds) || size >= TOLD_AS_AGO_S) return timed(date, at);
      if (size < MINUTE_S) return relative.format(Math.round(seconds), "second");
      if (size < HOUR_S) return relative.format(Math.round(seconds / MINUTE_S), "minute");
      if (size < DAY_S) return relative.format(Math.round(seconds / HOUR_S), "hour");
      return relative.format(Math.round(seconds / DAY_S), "day");
    },
    /** `P3D` -> `3 days`. What is no duration is shown as it came. */
    duration: (text: string): string => {
      const given = DURATION.exec(text)?.slice(1) ?? [];
      const parts = UNITS.flatMap((unit, place) => {
        const count = given[place];
        const named = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" });
        return count === undefined ? [] : [named.format(Number(count))];
      });
      return parts.length === 0 ? text : parts.join(" ");
    },
    list: (names: readonly string[]): string => list.format(names),
  };
};
export type Formats = ReturnType<typeof formatsFor>;
