import { hashId } from "#kernel/hash.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { DomainEvent, HistoryItem, Timer } from "../records/effects.ts";
import { type CollectedEvent, TIME_DUE } from "../records/event.ts";
import type { CustomerId } from "../records/identity.ts";
import type { JourneyRun } from "../records/journey.ts";
import { stepIdOf } from "./ids.ts";

/** The name under which a run's timer goes to the inbox. */
export const JOURNEY_DUE = "journey.due";

type Change = { readonly before: JourneyRun | null; readonly after: JourneyRun };

const timerIdOf = (runId: string, due: string): string => hashId("jtm", runId, due);

/** An answer that does not come is asked for again by the sweep: no timer is set for it. */
const isTimed = (run: JourneyRun, { journeys }: CompiledPlaybook): boolean =>
  run.due !== undefined && journeys.get(run.journey)?.steps.get(run.step)?.kind !== "decide";

export const dueTimer = (
  customerId: CustomerId,
  { runId }: Pick<JourneyRun, "runId">,
  due: string,
): Timer => {
  const id = timerIdOf(runId, due);
  return { id, due, event: { id, name: JOURNEY_DUE, detail: { v: 1, id, customerId, runId, due } } };
};

/**
 * Timers to set and to cancel as runs changed.
 * @param isFired the run's own timer brought this about: what is still to come needs another
 */
export const timersFor = (
  customerId: CustomerId,
  changes: readonly Change[],
  {
    playbook,
    now,
    isFired,
  }: { readonly playbook: CompiledPlaybook; readonly now: number; readonly isFired: boolean },
): { readonly timers: readonly Timer[]; readonly cancel: readonly Pick<Timer, "id" | "due">[] } => {
  const timers: Timer[] = [];
  const cancel: Pick<Timer, "id" | "due">[] = [];
  for (const { before, after } of changes) {
    const due = isTimed(after, playbook) ? after.due : undefined;
    const was = before?.due;
    if (due !== undefined && (due !== was || isFired)) timers.push(dueTimer(customerId, after, due));
    if (was !== undefined && was !== due && Date.parse(was) > now)
      cancel.push({ id: timerIdOf(after.runId, was), due: was });
  }
  return { timers, cancel };
};

/** A timer that is due, as the inbox takes it; null: it is neither a run's nor a customer's. */
export const dueEvent = ({ id, name, detail }: DomainEvent, now: string): CollectedEvent | null => {
  const { customerId, runId, due } = detail;
  if (name === TIME_DUE && typeof customerId === "string")
    return journeyEvent(TIME_DUE, { id: hashId("evt", id), customerId, at: now }, { due: due ?? null });
  if (name !== JOURNEY_DUE || typeof customerId !== "string" || typeof runId !== "string") return null;
  return journeyEvent(
    JOURNEY_DUE,
    { id: hashId("evt", id), customerId, at: now },
    { runId, due: due ?? null },
  );
};

/** An internal event of the inbox that tells a customer's runs something. */
export const journeyEvent = (
  name: string,
  { id, customerId, at }: { readonly id: string; readonly customerId: CustomerId; readonly at: string },
  properties: NonNullable<CollectedEvent["properties"]>,
): CollectedEvent => ({
  id,
  type: "journey",
  name,
  customerId,
  properties,
  at,
  receivedAt: at,
  source: "journeys",
  imported: false,
  depth: 0,
});

const nameOf = (before: JourneyRun | null, after: JourneyRun): string | null => {
  if (before === null || before.entryId !== after.entryId) return "journey.entered";
  if (after.ended !== undefined) return "journey.left";
  if (after.pausedAt !== before.pausedAt)
    return after.pausedAt === undefined ? "journey.resumed" : "journey.paused";
  return after.visit === before.visit && after.step === before.step ? null : "journey.moved";
};

/** What the timeline says of a run that changed; nothing where it only waits on. Its id is the same whoever tells it. */
export const historyOf = (
  customerId: CustomerId,
  { before, after }: Change,
  at: string,
): readonly HistoryItem[] => {
  const name = nameOf(before, after);
  if (name === null) return [];
  const { journey, runId, step, ended, heldOut, pausedAt } = after;
  return [
    {
      id: hashId(
        "jny",
        stepIdOf(after),
        name,
        ended?.as ?? "",
        name === "journey.resumed" ? at : (pausedAt ?? ""),
      ),
      kind: "event",
      customerId,
      at,
      body: {
        type: "journey",
        name,
        properties: {
          journey,
          runId,
          step,
          ...(before === null || before.step === step ? {} : { from: before.step }),
          ...(ended === undefined ? {} : { as: ended.as }),
          ...(heldOut === undefined ? {} : { heldOut }),
        },
        depth: after.depth,
      },
    },
  ];
};
