import { type CompiledJourney, HOLDOUT } from "#domain/playbook/model/journeys.ts";
import type { JourneyRun } from "#domain/records/journey.ts";
import type { RunLists } from "#ports/run-store.ts";

/** Everything that was counted but entries. */
const exitsIn = ({ entered: _, ...exited }: Readonly<Record<string, number>>) => exited;

/** A journey as the API shows it: who is where, and what became of those who came in. */
export const shownJourney = async (lists: RunLists, journey: CompiledJourney, still: boolean) => {
  const { name, holdout, steps } = journey;
  const [counted, { walking, heldOut }, kept] = await Promise.all([
    Promise.all([...steps.values()].map((step) => lists.countStep(name, step.name))),
    lists.counts(name),
    lists.countStep(name, HOLDOUT),
  ]);
  const shown = [...steps.values()].map(({ name: step, kind }, at) => {
    const { inside = 0, oldest = null } = counted[at] ?? {};
    return { step, kind, inside, oldest };
  });
  const hasHoldout = holdout > 0 || kept.inside > 0 || (heldOut.entered ?? 0) > 0;
  return {
    journey: name,
    still,
    inside: shown.reduce((sum, { inside }) => sum + inside, 0),
    entered: walking.entered ?? 0,
    exited: exitsIn(walking),
    steps: shown,
    ...(hasHoldout
      ? {
          holdout: {
            share: holdout,
            inside: kept.inside,
            entered: heldOut.entered ?? 0,
            exited: exitsIn(heldOut),
          },
        }
      : {}),
  };
};

/** A run as the API shows it. `customerId`: who its customer is by now. */
export const shownRun = (run: JourneyRun, customerId: string = run.home) => {
  const { runId, step, enteredAt, since, due, pausedAt, playbook, entry, choices, key } = run;
  const { name, at, properties } = entry;
  return {
    runId,
    customerId,
    step,
    enteredAt,
    since,
    ...(due === undefined ? {} : { due }),
    ...(pausedAt === undefined ? {} : { pausedAt }),
    version: playbook,
    vars: { key, entry: { name, at, properties }, choices },
  };
};
