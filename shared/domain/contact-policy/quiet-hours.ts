import type { QuietHours } from "../playbook/types.ts";
import { DAY_MS, msOfLocalDay, nextLocal } from "./local-time.ts";

/** Local times as milliseconds since midnight; `from` is quiet, `to` is not; `from` later than `to` spans midnight. */
export type QuietWindow = { readonly from: number; readonly to: number };

const msOf = (time: string): number => {
  const [hours, minutes] = time.split(":");
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
};

export const quietWindow = (quiet: Pick<QuietHours, "from" | "to">): QuietWindow => ({
  from: msOf(quiet.from),
  to: msOf(quiet.to),
});

const contains = (window: QuietWindow, time: number): boolean =>
  window.from < window.to ? time >= window.from && time < window.to : time >= window.from || time < window.to;

/** Further away than this nothing is "later today": the windows leave no hour of the day free. */
const LONGEST_WAIT_MS = 2 * DAY_MS;

/**
 * The first moment at or after `instant` (milliseconds since the epoch) outside all windows, by the clocks of `zone`;
 * `instant` itself when it is not quiet. Null when the windows leave no time of the day.
 */
export const endOfQuiet = (windows: readonly QuietWindow[], zone: string, instant: number): number | null => {
  let moment = instant;
  while (moment - instant <= LONGEST_WAIT_MS) {
    const time = msOfLocalDay(zone, moment);
    const quiet = windows.find((window) => contains(window, time));
    if (quiet === undefined) return moment;
    if (quiet.from === quiet.to) return null;
    moment = nextLocal(zone, moment, quiet.to);
  }
  return null;
};
