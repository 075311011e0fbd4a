import type { PutItemCommandInput } from "@aws-sdk/client-dynamodb";
import type { CustomerId } from "#domain/records/identity.ts";
import type { ContactHistory } from "#domain/records/permission.ts";
import type { DecisionWrite } from "#ports/decision-store.ts";
import { conversationPuts } from "../conversations/conversation-store.ts";
import { toContactItem, toDataKeyItem } from "../customers/customer-items.ts";
import { toMessageItem } from "../messages/message-item.ts";
import { attributes, putNew, putOver, type Tables } from "../requests/items.ts";
import { toDecisionItem } from "./decision-item.ts";

/** Contact history over what was read: it carries the version that it is to have. */
export const putContact = (
  customersTable: string,
  customerId: CustomerId,
  history: ContactHistory,
): PutItemCommandInput => putOver(customersTable, toContactItem(customerId, history), history.version - 1);

/** Where decisions lie; and conversations, for those whose messages join them. */
export type DecisionTables = Tables & { readonly conversationsTable?: string };

const threadPuts = (
  conversationsTable: string | undefined,
  thread: DecisionWrite["thread"],
): readonly PutItemCommandInput[] => {
  if (thread === undefined) return [];
  if (conversationsTable === undefined) throw new Error("a thread is written where conversations are known");
  const { once, others } = conversationPuts(conversationsTable, { threads: [thread] });
  return [...once, ...others];
};

/** One atomic write, the record of the first decision before all others: whose condition fails tells what was in the way. */
export const decisionWrites = (
  { customersTable, historyTable, conversationsTable }: DecisionTables,
  { decisions, messages, contact, keptUntil, newDataKey, thread }: DecisionWrite,
): readonly PutItemCommandInput[] => {
  const owner = newDataKey?.customerId;
  const besideRecord = owner === null ? attributes({ dataKey: newDataKey?.key }) : {};
  const expires = keptUntil === undefined ? undefined : Math.ceil(keptUntil / 1000);
  const facts = decisions.map((decision) => {
    const own = messages.filter(({ decisionId }) => decisionId === decision.decisionId);
    const messageIds = own.map(({ messageId }) => messageId);
    const faded = decision.customerId === null ? attributes({ expires }) : {};
    return putNew(historyTable, { ...toDecisionItem(decision, messageIds), ...besideRecord, ...faded });
  });
  return [
    ...facts,
    ...messages.map((message) => putNew(historyTable, toMessageItem(message))),
    ...(contact === undefined ? [] : [putContact(customersTable, contact.customerId, contact.history)]),
    ...(newDataKey === undefined || typeof owner !== "string"
      ? []
      : [putNew(customersTable, toDataKeyItem(owner, newDataKey.key))]),
    ...threadPuts(conversationsTable, thread),
  ];
};
