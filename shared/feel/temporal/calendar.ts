import { quotient } from "./quotient.ts";

/** Years that a date may have (DMN 1.5, 10.3.2.3.4: as XML Schema, bounded as in java.time). */
export const MAXIMUM_YEAR = 999_999_999;

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * Days since 1970-01-01 of a day in the proleptic Gregorian calendar. Counting years from March puts the leap day
 * last, after which months have a regular pattern (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
 */
export function epochDayOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = quotient(shifted, 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + quotient(yearOfEra, 4) - quotient(yearOfEra, 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The inverse of `epochDayOf`. */
export function civilDateOf(epochDay: number): CivilDate {
  const shifted = epochDay + 719_468;
  const era = quotient(shifted, 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - quotient(dayOfEra, 1460) + quotient(dayOfEra, 36_524) - quotient(dayOfEra, 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + quotient(yearOfEra, 4) - quotient(yearOfEra, 100));
  const monthIndex = quotient(5 * dayOfYear + 2, 153);
  const day = dayOfYear - quotient(153 * monthIndex + 2, 5) + 1;
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}

/** The epoch day, or null if there is no such day. */
export function checkedEpochDay(year: number, month: number, day: number): number | null {
  if (!Number.isInteger(year) || !Number.isInteger(month) || !Number.isInteger(day)) return null;
  if (Math.abs(year) > MAXIMUM_YEAR || month < 1 || month > 12) return null;
  if (day < 1 || day > daysInMonth(year, month)) return null;
  return epochDayOf(year, month, day);
}

const FIRST_DAY = epochDayOf(-MAXIMUM_YEAR, 1, 1);
const LAST_DAY = epochDayOf(MAXIMUM_YEAR, 12, 31);

/** Whether the day lies within the years that a date may have. */
export function isEpochDay(epochDay: number): boolean {
  return epochDay >= FIRST_DAY && epochDay <= LAST_DAY;
}

/** The same day of another month, or that month's last day (DMN 1.5, table 57). Null out of range. */
export function plusMonths(epochDay: number, months: number): number | null {
  const { year, month, day } = civilDateOf(epochDay);
  const total = year * 12 + (month - 1) + months;
  const newYear = quotient(total, 12);
  const newMonth = total - newYear * 12 + 1;
  return checkedEpochDay(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekdayOf(epochDay: number): number {
  return ((((epochDay + 3) % 7) + 7) % 7) + 1;
}

/** 1 is the first of January. */
export function dayOfYearOf(epochDay: number): number {
  return epochDay - epochDayOf(civilDateOf(epochDay).year, 1, 1) + 1;
}

/** The ISO 8601 week: the one that has the year's first Thursday is week 1. */
export function weekOfYearOf(epochDay: number): number {
  const thursday = epochDay - weekdayOf(epochDay) + 4;
  return Math.floor((dayOfYearOf(thursday) - 1) / 7) + 1;
}
