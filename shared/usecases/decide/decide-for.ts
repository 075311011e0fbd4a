import * as z from "zod/mini";
import { heldEvent } from "#domain/conversation/holding.ts";
import { decide } from "#domain/decision/decide.ts";
import { askedAbout, learntInput } from "#domain/decision/explore/learnt.ts";
import type { DecisionEvent } from "#domain/decision/input/input.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { waitsFor } from "#domain/playbook/model/holds.ts";
import { MESSAGE_RECEIVED } from "#domain/playbook/model/known.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Decision } from "#domain/records/decision.ts";
import { STANDINGS } from "#domain/records/event.ts";
import type { TriggerFired } from "#events/trigger-fired.ts";
import { isObject, type JsonObject } from "#kernel/json.ts";
import type { HistoryStore } from "#ports/history-store.ts";
import type { Inbox } from "#ports/inbox.ts";
import type { LearntModels } from "#ports/learning-store.ts";
import type { MessageStore } from "#ports/message-store.ts";
import type { ConfirmationDependencies } from "./ask-to-confirm.ts";
import { askSenders, type Committed, commitDecision, countDecisions } from "./commit.ts";
import { logCommitted } from "./log-decisions.ts";
import { publishAssigned } from "./publish-for-learning.ts";

export type OnEventDependencies = ConfirmationDependencies & {
  /** Takes what came of a decision to the journey that waits to hear it. */
  readonly inbox: Inbox;
  readonly history: Pick<HistoryStore, "get" | "put">;
  readonly messages: Pick<MessageStore, "get">;
  /** Absent: nothing is learnt. */
  readonly models?: LearntModels;
};

const EventBody = z.object({
  name: z.string(),
  properties: z.custom<JsonObject>(isObject),
  standing: z.exactOptional(z.enum(STANDINGS)),
});

/** The triggering event: nearly always still beside the profile, else one more read. */
export const eventOf = async (
  deps: OnEventDependencies,
  fired: Pick<TriggerFired, "eventId">,
  record: CustomerRecord,
): Promise<DecisionEvent | undefined> => {
  const recent = record.state.recent.find(({ id }) => id === fired.eventId);
  if (recent !== undefined) return decisionEvent(recent);
  const item = await deps.history.get(fired.eventId);
  if (item === null) return undefined;
  return decisionEvent({ ...z.parse(EventBody, item.body), at: item.at });
};

/** Anybody can write to us: what they wrote is anybody's word, in messages that repeat it. */
const decisionEvent = ({ name, at, properties, ...event }: DecisionEvent): DecisionEvent => {
  const standing = name === MESSAGE_RECEIVED ? "public" : event.standing;
  return { name, at, properties, ...(standing === undefined ? {} : { standing }) };
};

/** What is decided on: for a trigger that fired, or a step of a run. */
type Asked = {
  readonly fired: TriggerFired;
  readonly decisionId: string;
  readonly playbook: CompiledPlaybook;
  readonly record: CustomerRecord;
  /** A decision that was held, and until when it may be made anew. */
  readonly anew?: { readonly decisionId: string; readonly until: string };
};

/** Categories in which the customer's conversation kept something back, where nothing else was said instead. */
const heldIn = ({ actions, rejected }: Decision, { actionByName }: CompiledPlaybook): readonly string[] => {
  if (actions.length > 0) return [];
  const held = rejected.filter(({ cause }) => cause.kind === "held");
  return [...new Set(held.flatMap(({ action }) => actionByName.get(action)?.category ?? []))];
};

/** The profile hears of what was held, to have it decided anew. A journey goes its own way on. */
const tellHeld = async (
  { inbox }: OnEventDependencies,
  { fired, playbook, anew }: Asked,
  { decisions }: Committed,
): Promise<void> => {
  if (fired.run !== undefined) return;
  const { contactPolicy } = playbook.document;
  const events = decisions.flatMap((decision) => {
    const { decisionId, customerId, at, depth } = decision;
    const categories = heldIn(decision, playbook);
    if (categories.length === 0 || customerId === null) return [];
    const waits = Math.max(...categories.map((category) => waitsFor(contactPolicy, category)));
    const until = anew?.until ?? new Date(Date.parse(at) + waits).toISOString();
    return [heldEvent({ decisionId, categories, until }, { customerId, at, depth })];
  });
  if (events.length > 0) await inbox.send(events);
};

/** Decides, records it, asks the senders, and logs it. Of one decision id, however often. */
export const decideFor = async (deps: OnEventDependencies, of: Asked): Promise<Committed> => {
  const { fired, decisionId, playbook, record, anew } = of;
  const { run } = fired;
  const event = await eventOf(deps, fired, record);
  const asked = { playbook, placement: fired.placement, mode: "message" } as const;
  const model = await deps.models?.current(playbook.learning, askedAbout(asked));
  const learnt = learntInput(playbook, model ?? null);
  const committed = await commitDecision(deps, record, (current, unavailable) => [
    decide({
      ...asked,
      record: current,
      decisionId,
      now: deps.clock.now(),
      trigger: fired.trigger,
      ...(run === undefined ? {} : { run: run.entryId, skipsQuiet: run.skipsQuiet }),
      eventId: fired.eventId,
      ...(anew === undefined ? {} : { anewOf: anew.decisionId }),
      depth: fired.depth,
      ...(unavailable.size === 0 ? {} : { unavailable }),
      ...(event === undefined ? {} : { event }),
      ...learnt,
    }),
  ]);
  await Promise.all([
    askSenders(deps, committed),
    logCommitted(deps, committed),
    publishAssigned(deps, committed.decisions),
    tellHeld(deps, of, committed),
  ]);
  countDecisions(deps.telemetry, committed, "message");
  return committed;
};
