import type { Thread } from "#domain/conversation/thread.ts";
import { decideMessage, type MessageOrder } from "#domain/decision/decide-message.ts";
import { requestTimer } from "#domain/decision/record/effects.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { Message } from "#domain/records/message.ts";
import { recordedDecisions } from "#domain/report/told.ts";
import { RapportError } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { Clock, Ids } from "#ports/clock.ts";
import type { DataKeys } from "#ports/decision-log.ts";
import type { DecisionWrite, RecordedDecision } from "#ports/decision-store.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { Timers } from "#ports/timers.ts";
import { askSenders, type CommitDependencies, commitDecision, countDecisions } from "./commit.ts";
import { countUnknown, type LoggingDependencies, logAgain, logDecisions } from "./log-decisions.ts";

export type OrderDependencies = CommitDependencies &
  LoggingDependencies & {
    readonly bus: EventBus;
    readonly timers: Timers;
    readonly dataKeys: DataKeys;
    readonly clock: Clock;
    readonly ids: Ids;
  };

/** What was decided on an order: the message, which policy may have rejected. */
export type Ordered = { readonly decision: Decision; readonly message: Message };

const IDEMPOTENT_FOR_MS = DAY_MS;
/** A key that is reused every day has a generation a day; so many are tried. */
const MAX_GENERATIONS = 1_000;

/** The decision's id for an order, and what an earlier order with the same key recorded under it. */
type EarlierOrder = { readonly decisionId: string; readonly earlier: RecordedDecision | null };

/**
 * Looks up what was ordered with an idempotency key within a day. The id comes from the key and its generation: the first
 * that is free or younger than a day; without a key it is new. Keys of different callers never meet.
 */
export const findEarlierOrder = async (
  { clock, decisions, ids }: OrderDependencies,
  caller: string,
  key: string,
): Promise<EarlierOrder> => {
  if (key === "") return { decisionId: ids.id("dec"), earlier: null };
  for (let generation = 0; generation < MAX_GENERATIONS; generation += 1) {
    const decisionId = hashId("dec", "idempotency", caller, key, String(generation));
    const earlier = await decisions.recorded(decisionId);
    const isOver = earlier !== null && clock.now() - Date.parse(earlier.decision.at) >= IDEMPOTENT_FOR_MS;
    if (!isOver) return { decisionId, earlier };
  }
  throw new RapportError("idempotency_conflict", "this idempotency key is worn out, take another");
};

/** Gives what the first order did, and asks senders and log again: it may have died before it could. */
export const repeatOrder = async (
  deps: OrderDependencies,
  { decision, messages }: RecordedDecision,
  requestHash: string,
): Promise<Ordered> => {
  const [message] = messages;
  if (message?.requestHash !== requestHash) {
    throw new RapportError("idempotency_conflict", "this idempotency key was used with another body");
  }
  const ordered = { decision, message };
  await Promise.all([askOrLeave(deps, ordered), logAgain(deps, decision)]);
  return ordered;
};

/**
 * The message stands, and will be sent: whoever asked is not told otherwise because nobody hears of it now, or they would
 * ask for a second one. A timer tells its sender as soon as that can be, and should that be lost as well, the sweep does.
 */
const askOrLeave = async (deps: OrderDependencies, { decision, message }: Ordered): Promise<void> => {
  const { clock, telemetry, timers } = deps;
  if (message.status !== "requested") return;
  await askSenders(deps, { decisions: [decision], messages: [message] }).catch(async (error: unknown) => {
    telemetry.log.error("the sender was not asked", error, { messageId: message.messageId });
    const now = new Date(clock.now()).toISOString();
    const told = recordedDecisions([decision.decisionId], decision.at);
    await timers
      .set([requestTimer(message, message.sendAt ?? now), { id: told.id, due: now, event: told }])
      .catch(() => undefined);
  });
};

/**
 * Nobody comes again for a message that policy rejects: the reports hear of its decision before it is recorded, by a timer
 * where the bus does not answer. Of any other they hear with its sender, or at last by what comes of it.
 */
const tellIfRejected =
  ({ bus, clock, telemetry, timers }: OrderDependencies) =>
  async ({ decisions: [decision], messages }: DecisionWrite): Promise<void> => {
    if (decision === undefined || messages.some(({ status }) => status === "requested")) return;
    const { decisionId, at } = decision;
    const event = recordedDecisions([decisionId], at);
    await bus.publish([event]).catch(async (error: unknown) => {
      telemetry.log.error("the reports were not told", error, { decisionId });
      await timers.set([{ id: event.id, due: new Date(clock.now()).toISOString(), event }]);
    });
  };

/** An order, and the conversation that its message joins: as it is then, made anew for each try. Absent: it joins none. */
type JoiningOrder = Omit<MessageOrder, "now" | "unavailable"> & {
  readonly requestHash: string;
  readonly joins?: () => Promise<Thread>;
};

/** Decides on a message that somebody asks for by name, records it, and asks the senders. */
export const orderMessage = async (
  deps: OrderDependencies,
  { joins, ...order }: JoiningOrder,
): Promise<Ordered> => {
  const decideOn: Parameters<typeof commitDecision>[2] = (current, unavailable) => [
    decideMessage({
      ...order,
      record: current ?? order.record,
      now: deps.clock.now(),
      ...(unavailable.size === 0 ? {} : { unavailable }),
    }),
  ];
  const beside = { beforeWrite: tellIfRejected(deps), ...(joins === undefined ? {} : { joins }) };
  const committed = await commitDecision(deps, order.record, decideOn, beside).catch((error: unknown) =>
    countUnknown(deps.telemetry, error),
  );
  const [decision] = committed.decisions;
  const [message] = committed.messages;
  if (decision === undefined || message === undefined)
    throw new RapportError("internal", "nothing was decided");
  if (committed.repeated) {
    return repeatOrder(deps, { decision, messages: committed.messages }, order.requestHash);
  }
  await Promise.all([askOrLeave(deps, { decision, message }), logDecisions(deps, committed)]);
  countDecisions(deps.telemetry, committed, "message");
  return { decision, message };
};
