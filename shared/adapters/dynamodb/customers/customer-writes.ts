import type { DynamoDBClient, PutItemCommandInput, TransactWriteItem } from "@aws-sdk/client-dynamodb";
import type { CustomerState } from "#domain/records/customer.ts";
import type { LookupKeys } from "#kernel/keyring.ts";
import type { CustomerWrite } from "#ports/customer-store.ts";
import { attributes, type Item, putOver } from "../requests/items.ts";
import { putAll, transact } from "../requests/transact.ts";
import { pointerKey, toConsentItem, toContactItem } from "./customer-items.ts";

/** Links an identifier unless it leads to somebody else than expected. */
const linkOf = (
  table: string,
  key: Item,
  { to, from }: CustomerWrite["links"][number],
): PutItemCommandInput => ({
  TableName: table,
  Item: { ...key, ...attributes({ customerId: to }) },
  ConditionExpression:
    from === undefined
      ? "attribute_not_exists(pk) OR customerId = :to"
      : "customerId = :from OR customerId = :to",
  ExpressionAttributeValues: attributes({ ":to": to, ":from": from }),
});

export const customerWrites = (
  table: string,
  write: CustomerWrite,
  { keys, stateItem }: { readonly keys: LookupKeys; readonly stateItem: (state: CustomerState) => Item },
): PutItemCommandInput[] => [
  ...write.customers.map((state) => putOver(table, stateItem(state), state.version - 1)),
  ...write.links.flatMap((link) =>
    keys.written.map((key) => linkOf(table, pointerKey(link.identifier, key), link)),
  ),
  ...(write.moved ?? []).flatMap(({ customerId, contact, consent, mergedInto }) => [
    putOver(table, toContactItem(customerId, contact), contact.version - 1),
    putOver(table, toConsentItem(customerId, consent, mergedInto), (consent.version ?? 0) - 1),
  ]),
];

/** All or nothing. `others`: what is written with them, which makes a transaction of it. */
export const writeAll = async (
  client: DynamoDBClient,
  writes: readonly PutItemCommandInput[],
  others: readonly TransactWriteItem[] = [],
): Promise<"saved" | "conflict"> => {
  const puts = writes.map((put) => ({ Put: put }));
  const failed =
    others.length === 0 ? await putAll(client, writes) : await transact(client, [...puts, ...others]);
  return failed === null ? "saved" : "conflict";
};
