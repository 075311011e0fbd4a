import { DAY_MS } from "#kernel/time.ts";
import { holidayCalendar } from "../calendar/holidays.ts";
import { dayOfWeek, localDay, msOfLocalDay, nextLocal } from "../calendar/local-time.ts";
import type { Day, QuietTime } from "../playbook/model/contact-policy.ts";

/**
 * Local times as milliseconds since midnight; `from` is quiet, `to` is not; `from` later than `to` spans midnight.
 * `isOn`: only while the local calendar shows such a day; absent: every day.
 */
export type QuietWindow = {
  readonly from: number;
  readonly to: number;
  readonly isOn?: (zone: string, instant: number) => boolean;
};

const WEEK: readonly Day[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const msOf = (time: string): number => {
  const [hours, minutes] = time.split(":");
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
};

/** Documents are the same objects for as long as their version is kept: each list of holidays is read once. */
const calendars = new WeakMap<readonly string[], (day: number) => boolean>();

const calendarOf = (rules: readonly string[]): ((day: number) => boolean) => {
  const known = calendars.get(rules) ?? holidayCalendar(rules);
  calendars.set(rules, known);
  return known;
};

export const quietWindow = ({ from, to, days = [], holidays }: QuietTime): QuietWindow => {
  const window = { from: msOf(from), to: msOf(to) };
  if (days.length === 0 && holidays === undefined) return window;
  const weekdays = days.map((day) => WEEK.indexOf(day));
  const isHoliday = calendarOf(holidays ?? []);
  return {
    ...window,
    isOn: (zone, instant) =>
      weekdays.includes(dayOfWeek(zone, instant)) || isHoliday(localDay(zone, instant)),
  };
};

const contains = (window: QuietWindow, time: number, zone: string, instant: number): boolean => {
  const inside =
    window.from < window.to
      ? time >= window.from && time < window.to
      : time >= window.from || time < window.to;
  return inside && (window.isOn === undefined || window.isOn(zone, instant));
};

/** Longer than any row of holidays: what is quiet until then leaves no time at all. */
const LONGEST_WAIT_MS = 31 * DAY_MS;

const isWholeDay = ({ from, to }: QuietWindow): boolean => (to - from) % DAY_MS === 0;

/** Where a window that holds on some days only may end: at its time, or with the day. */
const endOf = (window: QuietWindow, zone: string, moment: number): number => {
  const end = nextLocal(zone, moment, window.to);
  return window.isOn === undefined ? end : Math.min(end, nextLocal(zone, moment, 0));
};

/**
 * The first moment at or after `instant` (milliseconds since the epoch) outside all windows, by the clocks of `zone`;
 * `instant` itself when it is not quiet. Null when the windows leave no time of the day.
 */
export const endOfQuiet = (windows: readonly QuietWindow[], zone: string, instant: number): number | null => {
  let moment = instant;
  while (moment - instant <= LONGEST_WAIT_MS) {
    const time = msOfLocalDay(zone, moment);
    const quiet = windows.find((window) => contains(window, time, zone, moment));
    if (quiet === undefined) return moment;
    if (quiet.isOn === undefined && isWholeDay(quiet)) return null;
    moment = endOf(quiet, zone, moment);
  }
  return null;
};

/** The first moment at or after `instant` that is outside all windows by the clocks of every zone at once, or null. */
export const endOfQuietIn = (
  windows: readonly QuietWindow[],
  zones: readonly string[],
  instant: number,
): number | null => {
  if (windows.length === 0) return instant;
  let moment = instant;
  while (moment - instant <= LONGEST_WAIT_MS) {
    let latest = moment;
    for (const zone of zones) {
      const end = endOfQuiet(windows, zone, latest);
      if (end === null) return null;
      latest = end;
    }
    if (latest === moment) return moment;
    moment = latest;
  }
  return null;
};
