import { DAY_MS } from "#kernel/time.ts";

/** A day of the year as people say it, as numbers: months and days from 1, weekdays from 0, Monday. */
export type Holiday =
  | { readonly kind: "date"; readonly year: number; readonly month: number; readonly day: number }
  | { readonly kind: "yearly"; readonly month: number; readonly day: number }
  | { readonly kind: "easter"; readonly isOrthodox: boolean; readonly later: number }
  /** `nth` from 1; 0 is the last. */
  | { readonly kind: "nth"; readonly nth: number; readonly weekday: number; readonly month: number }
  | {
      readonly kind: "beside";
      readonly weekday: number;
      readonly side: "before" | "after";
      readonly month: number;
      readonly day: number;
    };

/** What a rule may look like, for whoever wrote another. */
export const HOLIDAY_FORM =
  "a day such as 2026-12-24, 12-25 (every year), easter + 1, orthodox easter - 2, last monday of may, or saturday after 06-19";

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONTHS = "january february march april may june july august september october november december".split(
  " ",
);
const ORDINALS = ["last", "first", "second", "third", "fourth", "fifth"];

const DATE = /^(?:(\d{4})-)?(\d{2})-(\d{2})$/;
const EASTER = /^(orthodox )?easter(?: ?([+-]) ?(\d{1,3}))?$/;
const NTH = new RegExp(`^(${ORDINALS.join("|")}) (${WEEKDAYS.join("|")}) (?:of|in) (${MONTHS.join("|")})$`);
const BESIDE = new RegExp(`^(${WEEKDAYS.join("|")}) (before|after) (\\d{2})-(\\d{2})$`);

/** 2000 was a leap year: whether some year has the day. */
const isDay = (month: number, day: number, year = 2000): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** Reads a rule; null: it is none. */
export const parseHoliday = (text: string): Holiday | null => {
  const rule = text.trim().toLowerCase().replace(/\s+/g, " ");
  const date = DATE.exec(rule);
  if (date !== null) {
    const [month, day] = [Number(date[2]), Number(date[3])];
    if (date[1] === undefined) return isDay(month, day) ? { kind: "yearly", month, day } : null;
    const year = Number(date[1]);
    return isDay(month, day, year) ? { kind: "date", year, month, day } : null;
  }
  const easter = EASTER.exec(rule);
  if (easter !== null) {
    const later = Number(easter[3] ?? 0) * (easter[2] === "-" ? -1 : 1);
    return { kind: "easter", isOrthodox: easter[1] !== undefined, later };
  }
  const nth = NTH.exec(rule);
  if (nth !== null) {
    const [, ordinal = "", weekday = "", month = ""] = nth;
    return {
      kind: "nth",
      nth: ORDINALS.indexOf(ordinal),
      weekday: WEEKDAYS.indexOf(weekday),
      month: MONTHS.indexOf(month) + 1,
    };
  }
  const [, weekday = "", side, month, day] = BESIDE.exec(rule) ?? [];
  if (side === undefined || !isDay(Number(month), Number(day))) return null;
  return {
    kind: "beside",
    weekday: WEEKDAYS.indexOf(weekday),
    side: side === "before" ? "before" : "after",
    month: Number(month),
    day: Number(day),
  };
};

/** Days since 1970-01-01 of the proleptic Gregorian calendar. */
const dayNumber = (year: number, month: number, day: number): number =>
  Date.UTC(year, month - 1, day) / DAY_MS;

/** Monday is 0; 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** Easter Sunday (Gregorian: Meeus, Astronomical Algorithms, 1991, chapter 8; Orthodox: the Julian one there, 13 days on, which holds until 2099). */
const easterOf = (year: number, isOrthodox: boolean): number => {
  if (isOrthodox) {
    const moon = (19 * (year % 19) + 15) % 30;
    const sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
    const whole = moon + sunday + 114;
    return dayNumber(year, Math.floor(whole / 31), (whole % 31) + 1) + 13;
  }
  const century = Math.floor(year / 100);
  const golden = year % 19;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const moon = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - moon - (year % 4)) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * sunday) / 451);
  const whole = moon + sunday - 7 * late + 114;
  return dayNumber(year, Math.floor(whole / 31), (whole % 31) + 1);
};

/** The day on which it falls in a year, in days since 1970-01-01; null: that year has none. */
export const dayOfHoliday = (holiday: Holiday, year: number): number | null => {
  switch (holiday.kind) {
    case "date":
      return holiday.year === year ? dayNumber(year, holiday.month, holiday.day) : null;
    case "yearly":
      return isDay(holiday.month, holiday.day, year) ? dayNumber(year, holiday.month, holiday.day) : null;
    case "easter":
      return easterOf(year, holiday.isOrthodox) + holiday.later;
    case "nth":
      return nthWeekday(holiday, year);
    case "beside": {
      const day = dayNumber(year, holiday.month, holiday.day);
      const ahead = (holiday.weekday - weekdayOf(day) + 7) % 7;
      return holiday.side === "after" ? day + (ahead || 7) : day + ahead - 7;
    }
  }
};

const nthWeekday = (
  { nth, weekday, month }: Extract<Holiday, { kind: "nth" }>,
  year: number,
): number | null => {
  const first = dayNumber(year, month, 1);
  const next = dayNumber(year, month + 1, 1);
  const earliest = first + ((weekday - weekdayOf(first) + 7) % 7);
  if (nth === 0) return next - 1 - ((weekdayOf(next - 1) - weekday + 7) % 7);
  const day = earliest + 7 * (nth - 1);
  return day < next ? day : null;
};

/** Says of days (since 1970-01-01) whether they are one of the holidays. Each year is worked out once. */
export const holidayCalendar = (rules: readonly string[]): ((day: number) => boolean) => {
  const holidays = rules.flatMap((rule) => parseHoliday(rule) ?? []);
  const years = new Map<number, ReadonlySet<number>>();
  const daysOf = (year: number): ReadonlySet<number> => {
    // A Monday before the 3rd of January may lie in the year before.
    const around = [year - 1, year, year + 1];
    const days = around.flatMap((each) => holidays.flatMap((holiday) => dayOfHoliday(holiday, each) ?? []));
    return new Set(days);
  };
  return (day) => {
    const year = new Date(day * DAY_MS).getUTCFullYear();
    const known = years.get(year) ?? daysOf(year);
    years.set(year, known);
    return known.has(day);
  };
};
