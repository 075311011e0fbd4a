import type { DynamoDBClient, PutItemCommandInput } from "@aws-sdk/client-dynamodb";
import type { Identifier } from "#domain/records/identity.ts";
import type { CustomerWrite } from "#ports/customer-store.ts";
import { putAll } from "../requests/transact.ts";
import { type CustomerItem, toConsentItem, toContactItem, toStateItem } from "./customer-items.ts";

/** Conditional on what is stored being one version older; version 1 must be the first. */
export const putOf = (table: string, item: CustomerItem, version: number): PutItemCommandInput => ({
  TableName: table,
  Item: item,
  ...(version === 1
    ? { ConditionExpression: "attribute_not_exists(pk)" }
    : {
        ConditionExpression: "#version = :before",
        ExpressionAttributeNames: { "#version": "version" },
        ExpressionAttributeValues: { ":before": { N: String(version - 1) } },
      }),
});

/** Links an identifier unless it leads to somebody else than expected. */
const linkOf = (
  table: string,
  key: CustomerItem,
  { to, from }: CustomerWrite["links"][number],
): PutItemCommandInput => ({
  TableName: table,
  Item: { ...key, customerId: { S: to } },
  ConditionExpression:
    from === undefined
      ? "attribute_not_exists(pk) OR customerId = :to"
      : "customerId = :from OR customerId = :to",
  ExpressionAttributeValues: {
    ":to": { S: to },
    ...(from === undefined ? {} : { ":from": { S: from } }),
  },
});

export const customerWrites = (
  table: string,
  write: CustomerWrite,
  pointer: (identifier: Identifier) => CustomerItem,
): PutItemCommandInput[] => [
  ...write.customers.map((state) => putOf(table, toStateItem(state), state.version)),
  ...write.links.map((link) => linkOf(table, pointer(link.identifier), link)),
  ...(write.moved ?? []).flatMap(({ customerId, contact, consent, mergedInto }) => [
    putOf(table, toContactItem(customerId, contact), contact.version),
    putOf(table, toConsentItem(customerId, consent, mergedInto), consent.version ?? 0),
  ]),
];

/** All or nothing. */
export const writeAll = async (
  client: DynamoDBClient,
  writes: readonly PutItemCommandInput[],
): Promise<"saved" | "conflict"> => ((await putAll(client, writes)) === null ? "saved" : "conflict");
