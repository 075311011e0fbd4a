import * as z from "zod/mini";
import { decide } from "#domain/decision/decide.ts";
import { learntInput } from "#domain/decision/explore/learnt.ts";
import type { DecisionEvent } from "#domain/decision/input/input.ts";
import { timerOf } from "#domain/profile/trigger/waits.ts";
import type { CustomerRecord, PendingTrigger } from "#domain/records/customer.ts";
import type { TriggerFired } from "#events/trigger-fired.ts";
import { hashId } from "#kernel/hash.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { Clock } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { DataKeys, DecisionLog } from "#ports/decision-log.ts";
import type { DecisionStore } from "#ports/decision-store.ts";
import type { HistoryStore } from "#ports/history-store.ts";
import type { EventBus, Timers } from "#ports/queues.ts";
import { announce, type Committed, commitDecision, countDecisions } from "#runtime/decisions/commit.ts";
import { logAgain, logDecisions } from "#runtime/decisions/log-decisions.ts";
import { tellAssigned } from "#runtime/decisions/shown.ts";
import type { ModelCache } from "#runtime/model-cache.ts";
import type { PlaybookCache } from "#runtime/playbook-cache.ts";

export type OnEventDependencies = {
  readonly customers: CustomerStore;
  readonly history: Pick<HistoryStore, "get">;
  readonly decisions: DecisionStore;
  readonly playbooks: Pick<PlaybookCache, "current">;
  /** Absent: nothing is learnt. */
  readonly models?: ModelCache;
  readonly bus: EventBus;
  readonly timers: Timers;
  readonly log: DecisionLog;
  readonly dataKeys: DataKeys;
  readonly clock: Clock;
};

const EventBody = z.object({
  name: z.string(),
  properties: z.custom<JsonObject>((value) => typeof value === "object" && value !== null),
});

/** The triggering event: nearly always still beside the profile, else one more read. */
const eventOf = async (
  deps: OnEventDependencies,
  fired: TriggerFired,
  record: CustomerRecord,
): Promise<DecisionEvent | undefined> => {
  const recent = record.state.recent.find(({ id }) => id === fired.eventId);
  if (recent !== undefined) return { name: recent.name, at: recent.at, properties: recent.properties };
  const item = await deps.history.get(fired.eventId);
  if (item === null) return undefined;
  const { name, properties } = z.parse(EventBody, item.body);
  return { name, at: item.at, properties };
};

/** A trigger that waited counts only while the customer still waits for this very timer. */
const isCalledOff = (fired: TriggerFired, { state }: CustomerRecord): boolean =>
  fired.timerId !== undefined && !state.pending.some(({ timerId }) => timerId === fired.timerId);

/** The wait that was left to this timer, if the customer began to wait anew after it was set. */
const leftTo = ({ timerId }: TriggerFired, { state }: CustomerRecord): PendingTrigger | undefined =>
  timerId === undefined ? undefined : state.pending.find(({ armedBy }) => armedBy?.id === timerId);

/** Called off too late: it was decided before, and whoever decided may have died before telling the senders. */
const tellAgain = async (deps: OnEventDependencies, decisionId: string): Promise<Committed | null> => {
  const earlier = await deps.decisions.recorded(decisionId);
  if (earlier === null) return null;
  const committed = {
    decisions: [earlier.decision],
    messages: earlier.messages,
    repeated: true,
    entries: [],
  };
  await Promise.all([announce(deps, committed), logAgain(deps, earlier.decision)]);
  return committed;
};

/**
 * Decides for a trigger that fired, records it, and asks the senders. Idempotent: the decision's id comes from the
 * event and the trigger, so that whatever is delivered twice is recorded once, and told and logged again.
 */
export const decideOnEvent = async (
  deps: OnEventDependencies,
  fired: TriggerFired,
): Promise<Committed | null> => {
  const [playbook, record] = await Promise.all([
    deps.playbooks.current(),
    deps.customers.find(fired.customerId),
  ]);
  if (record === null) return null;
  const wait = leftTo(fired, record);
  if (wait !== undefined) {
    await deps.timers.set([timerOf(record.state.customerId, wait, fired.placement)]);
    return null;
  }
  const decisionId = hashId("dec", fired.eventId, fired.trigger);
  if (isCalledOff(fired, record)) return tellAgain(deps, decisionId);
  const event = await eventOf(deps, fired, record);
  const learnt = learntInput(playbook, (await deps.models?.current(playbook.learning)) ?? null);
  const committed = await commitDecision(deps, record, (current, unavailable) => [
    decide({
      playbook,
      record: current,
      placement: fired.placement,
      mode: "message",
      decisionId,
      now: deps.clock.now(),
      trigger: fired.trigger,
      eventId: fired.eventId,
      depth: fired.depth,
      ...(unavailable.size === 0 ? {} : { unavailable }),
      ...(event === undefined ? {} : { event }),
      ...learnt,
    }),
  ]);
  await Promise.all([
    announce(deps, committed),
    committed.repeated
      ? Promise.all(committed.decisions.map((decision) => logAgain(deps, decision)))
      : logDecisions(deps.log, committed),
    tellAssigned(deps.bus, committed.decisions),
  ]);
  countDecisions(committed, "message");
  return committed;
};
