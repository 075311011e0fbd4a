import { withCoolDowns } from "#domain/contact-policy/cool-down.ts";
import { NO_CONTACT } from "#domain/customer/state.ts";
import type { Message } from "#domain/records/message.ts";
import { CONFLICT, retryConflicts } from "#kernel/retry.ts";
import type { CommitResult, DecisionStore, DecisionWrite, RecordedDecision } from "#ports/decision-store.ts";
import { contactKey, fromContactItem } from "../customers/customer-items.ts";
import { fromMessageItem } from "../messages/message-item.ts";
import { limitUpdates } from "../offers/limit-updates.ts";
import { releaseLimits, takeLimits } from "../offers/limited-offers.ts";
import { batchGet } from "../requests/batches.ts";
import { getItem, keyOf, type Table, type Tables } from "../requests/items.ts";
import { putAll } from "../requests/transact.ts";
import { fromDecisionItem, messageIdsOf, type ReadVersion } from "./decision-item.ts";
import { dynamoDecisionReader, readDecisionItem } from "./decision-reader.ts";
import { type DecisionTables, decisionWrites, putContact } from "./decision-writes.ts";

/** Nothing left stays so for a while: others need not find out by a write of their own. Units may come back. */
const GONE_FOR_MS = 5_000;
const MAX_TRIES = 8;

type Gone = { readonly action: string; readonly what: "stock" | "budget" };

/** Actions that this process has found used up. */
const goneActions = () => {
  const known = new Map<string, { readonly what: Gone["what"]; readonly until: number }>();
  return {
    add: ({ action, what }: Gone): void => {
      known.set(action, { what, until: Date.now() + GONE_FOR_MS });
    },
    list: (): ReadonlyMap<string, Gone["what"]> => {
      const now = Date.now();
      for (const [action, { until }] of known) if (until <= now) known.delete(action);
      return new Map([...known].map(([action, { what }]) => [action, what]));
    },
  };
};

const readMessages = async ({ client, table }: Table, ids: readonly string[]): Promise<Message[]> => {
  if (ids.length === 0) return [];
  const keys = ids.map((id) => keyOf(id));
  const found = await batchGet(client, { [table]: { Keys: keys, ConsistentRead: true } });
  return (found[table] ?? []).map(fromMessageItem);
};

const recordedIn =
  (history: Table) =>
  async (decisionId: string): Promise<RecordedDecision | null> => {
    const item = await readDecisionItem(history, decisionId);
    if (item === undefined) return null;
    return { decision: fromDecisionItem(item), messages: await readMessages(history, messageIdsOf(item)) };
  };

/**
 * Takes units of limited offers, then writes the decision. They are given back when the decision is not stored. When that is
 * unknown (the call failed), they are not: an offer may be made once less than it could be, never once more.
 */
const commitIn = async (
  tables: DecisionTables,
  recorded: DecisionStore["recorded"],
  write: DecisionWrite,
): Promise<CommitResult> => {
  const { client, historyTable } = tables;
  const [first] = write.decisions;
  const now = Date.parse(first?.at ?? "");
  const limits = limitUpdates(historyTable, write.claims ?? [], now);
  const lacking = await takeLimits(client, limits, now);
  if (lacking !== null) return { result: "gone", action: lacking.action, what: lacking.kind };
  const failed = await putAll(client, decisionWrites(tables, write));
  if (failed === null) return { result: "committed" };
  await releaseLimits(client, limits);
  const earlier = failed === 0 ? await recorded(first?.decisionId ?? "") : null;
  return earlier === null ? { result: "conflict" } : { result: "exists", ...earlier };
};

const coolDownIn =
  ({ client, customersTable }: Tables): DecisionStore["coolDown"] =>
  (customerId, until) => {
    const message = "contact history changes too often, try again";
    return retryConflicts({ tries: MAX_TRIES, message }, async () => {
      const item = await getItem({ client, table: customersTable }, contactKey(customerId));
      const history = item === undefined ? NO_CONTACT : fromContactItem(item);
      const changed = withCoolDowns(history, until);
      if (changed === history) return;
      const failed = await putAll(client, [putContact(customersTable, customerId, changed)]);
      return failed === null ? undefined : CONFLICT;
    });
  };

/**
 * Decisions and their messages in the history table, reservations in the customer's item `contact`. `readVersion`: absent
 * where nobody asks for names that records of release 0.1 left to the version.
 */
export const dynamoDecisionStore = (
  options: DecisionTables & { readonly readVersion?: ReadVersion },
): DecisionStore => {
  const history: Table = { client: options.client, table: options.historyTable };
  const recorded = recordedIn(history);
  const gone = goneActions();
  return {
    ...dynamoDecisionReader(history, options.readVersion),
    recorded,
    gone: gone.list,
    commit: async (write) => {
      const result = await commitIn(options, recorded, write);
      if (result.result === "gone") gone.add(result);
      return result;
    },
    coolDown: coolDownIn(options),
  };
};
