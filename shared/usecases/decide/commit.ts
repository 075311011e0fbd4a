import type { Thread } from "#domain/conversation/thread.ts";
import type { DecideResult } from "#domain/decision/input/input.ts";
import { effectsOf } from "#domain/decision/record/effects.ts";
import { toLogRecord } from "#domain/decision-log/record.ts";
import type { DataKey } from "#domain/decision-log/sealed-record.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Decision, Unavailable } from "#domain/records/decision.ts";
import type { Message } from "#domain/records/message.ts";
import { recordedDecisions } from "#domain/report/told.ts";
import { backoff, CONFLICT, type Pause, retryConflicts } from "#kernel/retry.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { LogEntry } from "#ports/decision-log.ts";
import type { CommitResult, DecisionStore, DecisionWrite } from "#ports/decision-store.ts";
import type { EventBus } from "#ports/event-bus.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import type { Timers } from "#ports/timers.ts";

const MAX_TRIES = 12;
const MAX_PAUSE_MS = 200;
const TOO_MANY = "too many decisions for this customer at once, try again";

export type Committed = {
  readonly decisions: readonly Decision[];
  readonly messages: readonly Message[];
  /** True when an earlier try had already been recorded. */
  readonly repeated: boolean;
  /** For the log; none when repeated: only who recorded it had what it was made of (`logAgain`). */
  readonly entries: readonly LogEntry[];
};

export type CommitDependencies = {
  readonly customers: Pick<CustomerStore, "find">;
  readonly decisions: DecisionStore;
  readonly newDataKey: () => DataKey;
  readonly pause: Pause;
};

type DecideOn = (record: CustomerRecord | null, unavailable: Unavailable) => readonly DecideResult[];
/** What belongs to a decision besides, made anew for each try. */
type Beside = {
  /** Awaited before each try to record what was decided. */
  readonly beforeWrite?: (write: DecisionWrite) => Promise<void>;
  /** The conversation as it is with the message: both are written, or neither. */
  readonly joins?: () => Promise<Thread>;
};

const writeOf = (
  results: readonly DecideResult[],
  customer: CustomerRecord | null,
  dataKey: DataKey,
  thread?: Thread,
): DecisionWrite => {
  const claims = results.flatMap((result) => result.claims ?? []);
  // With several placements each continues the history of the one before: the last holds them all.
  const history = results.findLast(({ contact }) => contact !== undefined)?.contact;
  const customerId = customer?.state.customerId;
  return {
    decisions: results.map(({ decision }) => decision),
    messages: results.flatMap((result) => result.messages),
    ...(claims.length === 0 ? {} : { claims }),
    ...(thread === undefined ? {} : { thread }),
    ...(history === undefined || customerId === undefined ? {} : { contact: { customerId, history } }),
    ...(customer?.dataKey === undefined
      ? { newDataKey: { customerId: customerId ?? null, key: dataKey } }
      : {}),
  };
};

/**
 * Decides on what is stored and records it, again from a fresh read whenever another decision reserved first: so that
 * caps hold under any concurrency; without an action of which nothing is left, so that no offer is promised twice.
 * `record` is the state already read; `conflict` is thrown when it goes on too long.
 */
export const commitDecision = async (
  { customers, decisions, newDataKey, pause }: CommitDependencies,
  record: CustomerRecord | null,
  decideOn: DecideOn,
  { beforeWrite, joins }: Beside = {},
): Promise<Committed> => {
  let current = record;
  const gone = new Map(decisions.gone());
  return retryConflicts({ tries: MAX_TRIES, message: TOO_MANY }, async (attempt) => {
    const results = decideOn(current, gone);
    const dataKey = current?.dataKey ?? newDataKey();
    const write = writeOf(results, current, dataKey, await joins?.());
    await beforeWrite?.(write);
    const written = await decisions.commit(write);
    if (written.result === "committed" || metItself(written, write.decisions)) {
      const { decisions: made, messages } = write;
      return { decisions: made, messages, repeated: false, entries: entriesOf(results, dataKey) };
    }
    if (written.result === "exists") {
      return { decisions: [written.decision], messages: written.messages, repeated: true, entries: [] };
    }
    if (written.result === "gone") {
      gone.set(written.action, written.what);
      return CONFLICT;
    }
    await pause(backoff(attempt, 1, MAX_PAUSE_MS));
    current = current === null ? null : await customers.find(current.state.customerId);
    return CONFLICT;
  });
};

/**
 * The write of a lone record has no token: the SDK makes it again when its answer gets lost, and it finds the record that
 * it made itself, of the same millisecond. A transaction does not come to this.
 */
const metItself = (written: CommitResult, [decision]: readonly Decision[]): boolean =>
  written.result === "exists" && written.messages.length === 0 && written.decision.at === decision?.at;

const entriesOf = (results: readonly DecideResult[], key: DataKey): readonly LogEntry[] =>
  results.map(({ decision, basis }) => ({ record: toLogRecord(decision, basis), key }));

/**
 * Asks the senders for messages, now or by a timer, and tells the reports of the decisions in the same request. Safe to
 * repeat: after a crash between record and asking, the retry finds the record and asks again.
 */
export const askSenders = async (
  ports: { readonly bus: EventBus; readonly timers: Timers },
  { decisions, messages }: Pick<Committed, "decisions" | "messages">,
): Promise<void> => {
  const { publish, timers } = effectsOf(messages);
  if (timers.length > 0) await ports.timers.set(timers);
  const ids = decisions.map(({ decisionId }) => decisionId);
  const told = decisions.slice(0, 1).map(({ at }) => recordedDecisions(ids, at));
  if (publish.length + told.length > 0) await ports.bus.publish([...publish, ...told]);
};

/** Counters of the dashboard: what was decided, what is to be sent, and what policy kept back, by reason. */
export const countDecisions = (
  { count }: Telemetry,
  { decisions, messages, repeated }: Committed,
  mode: "message" | "answer",
): void => {
  if (repeated) return;
  count(METRICS.decisionsMade, decisions.length);
  if (mode === "answer") return;
  const requested = messages.filter(({ status }) => status === "requested").length;
  if (requested > 0) count(METRICS.messagesRequested, requested);
  for (const { actions, rejected } of decisions) {
    if (actions.length > 0) continue;
    const kept = rejected.filter(({ stage }) => stage === "policy" || stage === "channel");
    for (const reason of new Set(kept.map((rejection) => rejection.reason))) {
      count(METRICS.messagesSuppressed, 1, reason);
    }
  }
};
