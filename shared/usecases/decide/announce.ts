import { recordedDecisions } from "#domain/report/told.ts";
import type { Clock, Ids } from "#ports/clock.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { Telemetry } from "#ports/telemetry.ts";

type Announcing = {
  /** Absent: nobody counts. */
  readonly bus?: EventBus;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly telemetry: Telemetry;
};

/** Ids of decisions that are about to be made. */
export type Announced = {
  readonly decisionIds: readonly string[];
  /** Settles once the reports hear of them; never rejects. Nothing is recorded before. */
  readonly told: Promise<void>;
};

/**
 * Makes the ids of the decisions that an answer takes, and tells the reports of them while the customer is read. Nobody
 * asks for an answer twice under one id: told afterwards, what was recorded by a process that died would never be counted.
 * A bus that fails does not fail the answer.
 */
export const announce = (
  { bus, clock, ids, telemetry }: Announcing,
  { placements, dryRun }: { readonly placements: readonly string[]; readonly dryRun: boolean },
): Announced => {
  const decisionIds = placements.map(() => ids.id("dec"));
  const tell = async (): Promise<void> => {
    if (bus === undefined || dryRun) return;
    try {
      await bus.publish([recordedDecisions(decisionIds, new Date(clock.now()).toISOString())]);
    } catch (error) {
      telemetry.log.error("decisions were not told to the reports", error, { count: decisionIds.length });
    }
  };
  return { decisionIds, told: tell() };
};
