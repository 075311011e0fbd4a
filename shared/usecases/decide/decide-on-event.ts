import { isRecalled } from "#domain/customer/recalled.ts";
import { journeyEvent } from "#domain/journey/effects.ts";
import { expiredHistory, isLate } from "#domain/profile/trigger/late.ts";
import { timerOf } from "#domain/profile/trigger/waits.ts";
import type { CustomerRecord, PendingTrigger } from "#domain/records/customer.ts";
import type { TriggerFired } from "#events/trigger-fired.ts";
import { hashId } from "#kernel/hash.ts";
import { METRICS } from "#ports/metric-names.ts";
import { answerKeyword } from "./answer-keyword.ts";
import { askAgain } from "./ask-again.ts";
import { askToConfirm } from "./ask-to-confirm.ts";
import type { Committed } from "./commit.ts";
import { decideFor, eventOf, type OnEventDependencies } from "./decide-for.ts";
import { fallBack } from "./fall-back.ts";

/** A trigger that waited counts only while the customer still waits for this very timer. */
const isCalledOff = (fired: TriggerFired, { state }: CustomerRecord): boolean =>
  fired.timerId !== undefined && !state.pending.some(({ timerId }) => timerId === fired.timerId);

/** The wait that the customer began anew after this timer was set: the timer does not decide, it is set again for it. */
const restartedWait = ({ timerId }: TriggerFired, { state }: CustomerRecord): PendingTrigger | undefined =>
  timerId === undefined ? undefined : state.pending.find(({ armedBy }) => armedBy?.id === timerId);

/**
 * Drops a trigger that comes too late to be answered: counted, logged, and told on the timeline. What was decided in time
 * is asked for again instead.
 */
const dropLate = async (
  deps: OnEventDependencies,
  fired: TriggerFired,
  { state }: CustomerRecord,
): Promise<Committed | null> => {
  const { clock, history, telemetry } = deps;
  const committed = await askAgain(deps, hashId("dec", fired.eventId, fired.trigger));
  if (committed !== null) return committed;
  await history.put([expiredHistory(fired, state.customerId, new Date(clock.now()).toISOString())]);
  telemetry.count(METRICS.triggersSkipped, 1, "age");
  telemetry.log.warn("a trigger came too late", { eventId: fired.eventId, trigger: fired.trigger });
  return null;
};

/** The same however often the same trigger, or the same step of a run, asks. */
const decisionIdOf = ({ run, eventId, trigger }: TriggerFired): string =>
  run === undefined ? hashId("dec", eventId, trigger) : hashId("dec", run.stepId);

/** A run that waits to hear what came of its decision hears it through the inbox, as it hears everything. */
const tellRun = async (
  { inbox, clock }: OnEventDependencies,
  { run, customerId }: TriggerFired,
  { messages }: Committed,
): Promise<void> => {
  if (run?.isAwaited !== true) return;
  const { runId, stepId } = run;
  const made = messages.some(({ status }) => status === "requested");
  const id = hashId("evt", "decided", stepId);
  const at = new Date(clock.now()).toISOString();
  await inbox.send([journeyEvent("journey.decided", { id, customerId, at }, { runId, stepId, made })]);
};

/**
 * Decides for a trigger that fired, or for a journey, records it, and asks the senders. Idempotent: the decision's id comes from the
 * event and the trigger, so that whatever is delivered twice is recorded once, and asked for and logged again.
 */
export const decideOnEvent = async (
  deps: OnEventDependencies,
  fired: TriggerFired,
): Promise<Committed | null> => {
  const { channel, keyword, insteadOf } = fired;
  if (channel !== undefined && keyword === undefined) return askToConfirm(deps, { ...fired, channel });
  const [playbook, record] = await Promise.all([
    deps.playbooks.current(),
    deps.customers.find(fired.customerId),
  ]);
  if (record === null) return null;
  if (channel !== undefined && keyword !== undefined) {
    const event = await eventOf(deps, fired, record);
    return answerKeyword(deps, { fired: { ...fired, channel, keyword }, event, playbook, record });
  }
  if (insteadOf !== undefined) return fallBack(deps, { fired: { ...fired, insteadOf }, playbook, record });
  const wait = restartedWait(fired, record);
  if (wait !== undefined) {
    await deps.timers.set([timerOf(record.state.customerId, wait, fired.placement)]);
    return null;
  }
  const { run } = fired;
  const decisionId = decisionIdOf(fired);
  const isOver = run === undefined ? isCalledOff(fired, record) : isRecalled(run.entryId, record.state);
  if (isOver) return askAgain(deps, decisionId);
  if (run === undefined && isLate(fired, record.state, playbook, deps.clock.now()))
    return dropLate(deps, fired, record);
  const committed = await decideFor(deps, { fired, decisionId, playbook, record });
  await tellRun(deps, fired, committed);
  return committed;
};
