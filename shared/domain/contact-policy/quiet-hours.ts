import { DAY_MS } from "#kernel/time.ts";
import { dayOfWeek, msOfLocalDay, nextLocal } from "../calendar/local-time.ts";
import type { Day, QuietTime } from "../playbook/model/contact-policy.ts";

/**
 * Local times as milliseconds since midnight; `from` is quiet, `to` is not; `from` later than `to` spans midnight.
 * `days`: only while the local calendar shows one of them, Monday being 0; absent: every day.
 */
export type QuietWindow = { readonly from: number; readonly to: number; readonly days?: readonly number[] };

const WEEK: readonly Day[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const msOf = (time: string): number => {
  const [hours, minutes] = time.split(":");
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
};

export const quietWindow = (quiet: QuietTime): QuietWindow => ({
  from: msOf(quiet.from),
  to: msOf(quiet.to),
  ...(quiet.days === undefined || quiet.days.length === 0
    ? {}
    : { days: quiet.days.map((day) => WEEK.indexOf(day)) }),
});

const contains = (window: QuietWindow, time: number, day: () => number): boolean => {
  const inside =
    window.from < window.to
      ? time >= window.from && time < window.to
      : time >= window.from || time < window.to;
  return inside && (window.days === undefined || window.days.includes(day()));
};

/** Further away than this nothing is "later today": the windows leave no hour of the day free. */
const LONGEST_WAIT_MS = 2 * DAY_MS;

/** Where a window that holds on some days only may end: at its time, or with the day. */
const endOf = (window: QuietWindow, zone: string, moment: number): number => {
  const end = nextLocal(zone, moment, window.to);
  return window.days === undefined ? end : Math.min(end, nextLocal(zone, moment, 0));
};

/**
 * The first moment at or after `instant` (milliseconds since the epoch) outside all windows, by the clocks of `zone`;
 * `instant` itself when it is not quiet. Null when the windows leave no time of the day.
 */
export const endOfQuiet = (windows: readonly QuietWindow[], zone: string, instant: number): number | null => {
  let moment = instant;
  while (moment - instant <= LONGEST_WAIT_MS) {
    const time = msOfLocalDay(zone, moment);
    const day = (): number => dayOfWeek(zone, moment);
    const quiet = windows.find((window) => contains(window, time, day));
    if (quiet === undefined) return moment;
    if (quiet.from === quiet.to && quiet.days === undefined) return null;
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
