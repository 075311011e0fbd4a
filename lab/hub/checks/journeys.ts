import { stepIdOf } from "#domain/journey/ids.ts";
import type { JourneyRun } from "#domain/records/journey.ts";
import { TriggerFired } from "#events/trigger-fired.ts";
import { hashId } from "#kernel/hash.ts";
import { type Check, personOf } from "./watcher.ts";

/** Whether a run may have become the other by going on: what it remembers of its way is the same, as far as both know it. */
const goesOn = (before: JourneyRun, after: JourneyRun): boolean => {
  const news = after.visit - before.visit;
  if (news < 0) return false;
  const kept = after.path.slice(0, after.path.length - Math.min(news, after.path.length));
  return kept.length === 0 || JSON.stringify(before.path.slice(-kept.length)) === JSON.stringify(kept);
};

/** No step of a journey is taken twice, and none is lost: whatever dies in between, and however often what is told comes. */
export const stepsAreTakenOnce: Check = {
  name: "no step of a journey is taken twice, and none is lost",
  watch: (stored, violated) => {
    const last = new Map<string, JourneyRun>();
    const asked = new Map<string, string>();
    // A state forgets it after some days.
    const recalled = new Set<string>();
    return {
      saved: ({ customers, runs = [] }) => {
        for (const state of customers)
          for (const entryId of Object.keys(state.runs?.left ?? {})) recalled.add(entryId);
        for (const run of runs) {
          const before = last.get(run.entryId);
          if (before !== undefined && !goesOn(before, run))
            violated(
              `${run.runId} was at step ${before.visit}, ${before.step}, and goes back to ${run.visit}`,
            );
          if (before?.ended !== undefined) violated(`${run.runId} ended, and goes on`);
          last.set(run.entryId, run);
        }
      },
      published: (events) => {
        for (const { name, detail } of events) {
          if (name !== TriggerFired.name || detail.run === undefined) continue;
          const { run } = TriggerFired.schema.parse(detail);
          if (run !== undefined) asked.set(hashId("dec", run.stepId), run.entryId);
        }
      },
      atRest: () => {
        for (const [decisionId, entryId] of asked) {
          const run = last.get(entryId);
          const isOver =
            recalled.has(entryId) || run?.ended?.recalls === true || run?.ended?.as === "restarted";
          if (!isOver && !stored.decisions.has(decisionId))
            violated(`${decisionId} of a journey was asked for, and never made`);
        }
        const live = new Map(
          [...stored.customers.runs.values()].flatMap((run) =>
            run.ended === undefined ? [[run.runId, run]] : [],
          ),
        );
        for (const run of live.values()) {
          if (run.due !== undefined && Date.parse(run.due) < stored.now())
            violated(`${run.runId} is still at ${run.step}, ${stepIdOf(run)}, which was over at ${run.due}`);
          const { state } = { state: stored.customers.states.get(personOf(stored, run.home)) };
          if (!state?.runs?.live.some(({ id, step }) => id === run.runId && step === run.step))
            violated(`${run.runId} lives, and its customer does not know`);
        }
        for (const { customerId, runs } of stored.customers.states.values())
          for (const { id } of runs?.live ?? [])
            if (!live.has(id)) violated(`${customerId} says that ${id} lives, which does not`);
      },
    };
  },
};
