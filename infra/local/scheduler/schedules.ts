import type { Agenda } from "../machine/agenda.ts";
import type { CloudClock } from "../machine/clock.ts";
import type { Settings } from "../state/settings.ts";
import type { NextRun } from "./expression.ts";

export type Schedule = {
  readonly name: string;
  readonly next: NextRun;
  readonly once: boolean;
  readonly deliver: () => void;
  /**
   * From the template's metadata `rapport:skipWhileEmpty {table, pk}`: answers when the earliest piece of work in that
   * partition is due (its smallest sort key, ISO-8601), null when there is none. Runs that would find nothing are
   * skipped, which makes a month pass in seconds; a run that would find something is never skipped.
   */
  readonly earliestWork: (() => number | null) | null;
};

type Around = { readonly clock: CloudClock; readonly agenda: Agenda; readonly settings: Settings };

/** Puts schedules on the agenda. One-time schedules run once for the life of the state, late if they were missed. */
export function startSchedules(schedules: readonly Schedule[], around: Around): void {
  for (const schedule of schedules) {
    if (schedule.once) startOnce(schedule, around);
    else plan(schedule, around, around.clock.now());
  }
}

/** Runs the recurring schedules now, out of turn: what fell due while nothing ran is then done before anything else. */
export function runSchedules(schedules: readonly Schedule[]): void {
  for (const schedule of schedules) if (!schedule.once) schedule.deliver();
}

function startOnce(schedule: Schedule, around: Around): void {
  const done = `schedule-done:${schedule.name}`;
  const at = schedule.next(0);
  if (at === null || around.settings.get(done) !== null) return;
  around.agenda.at(at, () => {
    around.settings.set(done, new Date(around.clock.now()).toISOString());
    schedule.deliver();
  });
}

function plan(schedule: Schedule, around: Around, after: number): void {
  const at = schedule.next(after);
  if (at === null) return;
  around.agenda.at(at, () => {
    const due = hasWork(schedule, at);
    if (due) schedule.deliver();
    plan(schedule, around, at);
    return due ? undefined : "skipped";
  });
}

function hasWork(schedule: Schedule, at: number): boolean {
  if (schedule.earliestWork === null) return true;
  const earliest = schedule.earliestWork();
  return earliest !== null && earliest <= at;
}
