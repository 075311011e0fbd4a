import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  type PutItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { withCoolDowns } from "#domain/contact-policy/cool-down.ts";
import { NO_CONTACT } from "#domain/customer/state.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { Message } from "#domain/records/message.ts";
import type { ContactHistory } from "#domain/records/permission.ts";
import { RapportError } from "#kernel/errors.ts";
import type { DecisionStore, DecisionWrite, RecordedDecision } from "#ports/decision-store.ts";
import { contactKey, fromContactItem, toContactItem, toDataKeyItem } from "../customers/customer-items.ts";
import { putOf } from "../customers/customer-writes.ts";
import { fromMessageItem, toMessageItem } from "../messages/message-item.ts";
import { type LimitUpdate, limitUpdates } from "../offers/limit-updates.ts";
import { releaseLimits, takeLimits } from "../offers/limited-offers.ts";
import { batchGet } from "../requests/batches.ts";
import { putAll } from "../requests/transact.ts";
import { fromDecisionItem, messageIdsOf, type ReadVersion, toDecisionItem } from "./decision-item.ts";
import { dynamoDecisionReader, readDecisionItem } from "./decision-reader.ts";

type Item = Record<string, AttributeValue>;

/** Nothing left stays so for a while: others need not find out by a write of their own. Units may come back. */
const GONE_FOR_MS = 5_000;
const MAX_TRIES = 8;

/**
 * Decisions and their messages in the history table, reservations in the customer's item `contact`. `readVersion`: absent
 * where nobody asks for names that records of release 0.1 left to the version.
 */
export const dynamoDecisionStore = (options: {
  client: DynamoDBClient;
  customersTable: string;
  historyTable: string;
  readVersion?: ReadVersion;
}): DecisionStore => {
  const { client, customersTable, historyTable, readVersion } = options;

  const newFact = (item: Item): PutItemCommandInput => ({
    TableName: historyTable,
    Item: item,
    ConditionExpression: "attribute_not_exists(pk)",
  });

  const nextContact = (customerId: CustomerId, history: ContactHistory): PutItemCommandInput =>
    putOf(customersTable, toContactItem(customerId, history), history.version);

  const firstDataKey = (customerId: CustomerId, key: Uint8Array): PutItemCommandInput => ({
    TableName: customersTable,
    Item: toDataKeyItem(customerId, key),
    ConditionExpression: "attribute_not_exists(pk)",
  });

  const readMessages = async (ids: readonly string[]): Promise<Message[]> => {
    if (ids.length === 0) return [];
    const keys = ids.map((id) => ({ pk: { S: id } }));
    const found = await batchGet(client, { [historyTable]: { Keys: keys, ConsistentRead: true } });
    return (found[historyTable] ?? []).map(fromMessageItem);
  };

  const recorded = async (decisionId: string): Promise<RecordedDecision | null> => {
    const item = await readDecisionItem(client, historyTable, decisionId);
    if (item === undefined) return null;
    return { decision: fromDecisionItem(item), messages: await readMessages(messageIdsOf(item)) };
  };

  const goneActions = new Map<string, { readonly what: "stock" | "budget"; readonly until: number }>();

  /**
   * What was taken of limited offers goes back when the decision does not stand. When nobody can tell (the
   * call failed in between) it does not: an offer may be promised once less than it could be, never once more.
   */
  const writeOrRelease = async (
    writes: readonly PutItemCommandInput[],
    limits: readonly LimitUpdate[],
  ): Promise<number | null> => {
    const failed = await putAll(client, writes);
    if (failed !== null) await releaseLimits(client, limits);
    return failed;
  };

  return {
    gone: () => {
      const now = Date.now();
      for (const [action, { until }] of goneActions) if (until <= now) goneActions.delete(action);
      return new Map([...goneActions].map(([action, { what }]) => [action, what]));
    },

    commit: async ({ decisions, messages, contact, newDataKey, claims = [] }: DecisionWrite) => {
      const now = Date.parse(decisions[0]?.at ?? "");
      const limits = limitUpdates(historyTable, claims, now);
      const besideRecord = newDataKey?.customerId === null ? { dataKey: { B: newDataKey.key } } : {};
      const facts = decisions.map((decision) => {
        const own = messages.filter(({ decisionId }) => decisionId === decision.decisionId);
        const messageIds = own.map(({ messageId }) => messageId);
        return newFact({ ...toDecisionItem(decision, messageIds), ...besideRecord });
      });
      const writes = [
        ...facts,
        ...messages.map((message) => newFact(toMessageItem(message))),
        ...(contact === undefined ? [] : [nextContact(contact.customerId, contact.history)]),
        ...(newDataKey === undefined || newDataKey.customerId === null
          ? []
          : [firstDataKey(newDataKey.customerId, newDataKey.key)]),
      ];
      const lacking = await takeLimits(client, limits, now);
      if (lacking !== null) {
        const { action, kind: what } = lacking;
        goneActions.set(action, { what, until: Date.now() + GONE_FOR_MS });
        return { outcome: "gone", action, what };
      }
      const failed = await writeOrRelease(writes, limits);
      if (failed === null) return { outcome: "committed" };
      const earlier = failed === 0 ? await recorded(decisions[0]?.decisionId ?? "") : null;
      return earlier === null ? { outcome: "conflict" } : { outcome: "exists", ...earlier };
    },

    ...dynamoDecisionReader({ client, historyTable, readVersion }),

    recorded,

    coolDown: async (customerId, until) => {
      for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
        const { Item: item } = await client.send(
          new GetItemCommand({
            TableName: customersTable,
            Key: contactKey(customerId),
            ConsistentRead: true,
          }),
        );
        const history = item === undefined ? NO_CONTACT : fromContactItem(item);
        const changed = withCoolDowns(history, until);
        if (changed === history) return;
        if ((await putAll(client, [nextContact(customerId, changed)])) === null) return;
      }
      throw new RapportError("conflict", "contact history changes too often, try again", { retryAfter: 1 });
    },
  };
};
