import { setTimeout as sleep } from "node:timers/promises";
import { newDataKey } from "#adapters/sealed-records.ts";
import type { DecideResult } from "#domain/decision/input/input.ts";
import { effectsOf } from "#domain/decision/record/effects.ts";
import { toLogRecord } from "#domain/decision-log/record.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { Message } from "#domain/records/message.ts";
import { RapportError } from "#kernel/errors.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { DataKey, LogEntry } from "#ports/decision-log.ts";
import type { CommitResult, DecisionStore } from "#ports/decision-store.ts";
import type { EventBus, Timers } from "#ports/queues.ts";
import { METRICS } from "../metric-names.ts";
import { count } from "../metrics.ts";

/** Each conflict means that another decision got through, so under load everybody gets on. */
const MAX_TRIES = 12;
const MAX_PAUSE_MS = 200;

export type Committed = {
  readonly decisions: readonly Decision[];
  readonly messages: readonly Message[];
  /** True when an earlier try had already been recorded. */
  readonly repeated: boolean;
  /** For the log; none when repeated: only who recorded it had what it was made of (`logAgain`). */
  readonly entries: readonly LogEntry[];
};

/**
 * Decides on what is stored and records it, again from a fresh read whenever another decision reserved first: so that
 * caps hold under any concurrency; without an action of which nothing is left, so that no offer is promised twice.
 * `record` is the state already read; `conflict` is thrown when it goes on too long.
 */
export const commitDecision = async (
  stores: { readonly customers: CustomerStore; readonly decisions: DecisionStore },
  record: CustomerRecord | null,
  decideOn: (
    record: CustomerRecord | null,
    unavailable: ReadonlyMap<string, string>,
  ) => readonly DecideResult[],
): Promise<Committed> => {
  let current = record;
  const gone = new Map(stores.decisions.gone());
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const results = decideOn(current, gone);
    const decisions = results.map(({ decision }) => decision);
    const claims = results.flatMap((result) => result.claims ?? []);
    const messages = results.flatMap((result) => result.messages);
    // With several placements each continues the history of the one before: the last holds them all.
    const history = results.findLast(({ contact }) => contact !== undefined)?.contact;
    const customerId = current?.state.customerId;
    const dataKey = current?.dataKey ?? newDataKey();
    const written = await stores.decisions.commit({
      decisions,
      messages,
      actions: results[0]?.basis.input.playbook.document.actions ?? [],
      ...(claims.length === 0 ? {} : { claims }),
      ...(history === undefined || customerId === undefined ? {} : { contact: { customerId, history } }),
      ...(current?.dataKey === undefined
        ? { newDataKey: { customerId: customerId ?? null, key: dataKey } }
        : {}),
    });
    if (written.outcome === "committed" || metItself(written, decisions)) {
      return { decisions, messages, repeated: false, entries: entriesOf(results, dataKey) };
    }
    if (written.outcome === "exists") {
      return { decisions: [written.decision], messages: written.messages, repeated: true, entries: [] };
    }
    if (written.outcome === "gone") {
      gone.set(written.action, written.what);
      continue;
    }
    // Deciders that met once would meet again in step.
    await sleep(Math.random() * Math.min(MAX_PAUSE_MS, 2 ** attempt));
    current = customerId === undefined ? null : await stores.customers.find(customerId);
  }
  throw new RapportError("conflict", "too many decisions for this customer at once, try again", {
    retryAfter: 1,
  });
};

/**
 * The write of a lone record has no token: the SDK makes it again when its answer gets lost, and it finds the record that
 * it made itself, of the same millisecond. A transaction does not come to this.
 */
const metItself = (written: CommitResult, [decision]: readonly Decision[]): boolean =>
  written.outcome === "exists" && written.messages.length === 0 && written.decision.at === decision?.at;

const entriesOf = (results: readonly DecideResult[], key: DataKey): readonly LogEntry[] =>
  results.map(({ decision, basis }) => ({ record: toLogRecord(decision, basis), key }));

/**
 * Tells the senders, now or by a timer. Safe to repeat: after a crash between record and telling, the retry finds the
 * record and tells again.
 */
export const announce = async (
  ports: { readonly bus: EventBus; readonly timers: Timers },
  committed: Pick<Committed, "messages">,
): Promise<void> => {
  const { publish, timers } = effectsOf(committed.messages);
  if (timers.length > 0) await ports.timers.set(timers);
  if (publish.length > 0) await ports.bus.publish(publish);
};

/** Counters of the dashboard: what was decided, what is to be sent, and what policy kept back, by reason. */
export const countDecisions = (
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
