import { journeyEvent } from "#domain/journey/effects.ts";
import type { JourneyRun } from "#domain/records/journey.ts";
import { hashId } from "#kernel/hash.ts";
import { MINUTE_MS, minuteOf } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { Inbox } from "#ports/inbox.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { RunCare } from "#ports/run-store.ts";
import type { Telemetry } from "#ports/telemetry.ts";

export type TendDependencies = {
  readonly care: RunCare;
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};

/** Whose time came so long ago and who did not move was forgotten by somebody. */
const OVERDUE_MS = 5 * MINUTE_MS;
/** Runs of a journey that was kept still go on at this pace, a minute: nobody gets all that was held back at once. */
const LET_GO_A_MINUTE = 500;

/** Told once a minute at most: whatever is delivered twice moves nobody twice. */
const wake = ({ runId, home }: JourneyRun, now: number) => {
  const at = new Date(now).toISOString();
  const id = hashId("evt", "wake", runId, minuteOf(now));
  return journeyEvent("journey.due", { id, customerId: home, at }, { runId });
};

/**
 * Looks after runs of journeys that do not move by themselves: those whose time came and went, which are counted for an
 * alarm, and those of journeys that were kept still and are let go, a number each minute. Safe to repeat.
 */
export const tendRuns = async ({ care, inbox, clock, telemetry }: TendDependencies): Promise<void> => {
  const now = clock.now();
  const overdue = await care.overdue(new Date(now - OVERDUE_MS).toISOString());
  if (overdue.length > 0) {
    telemetry.count(METRICS.runsOverdue, overdue.length);
    telemetry.log.warn("runs of journeys did not move in time", { count: overdue.length });
    await inbox.send(overdue.map((run) => wake(run, now)));
  }
  for (const journey of await care.resuming()) {
    const parked = await care.parked(journey, LET_GO_A_MINUTE);
    if (parked.length > 0) await inbox.send(parked.map((run) => wake(run, now)));
    else await care.forget(journey);
  }
};
