import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { Identifier } from "#domain/records/identity.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import { attributes, getItem, type Item, type Table, type Tables } from "../requests/items.ts";
import { type IdentifierKey, pointerKey } from "./customer-items.ts";
import { customerWrites, writeAll } from "./customer-writes.ts";
import { putConsentIn } from "./put-consent.ts";
import { loadFrom } from "./read-customers.ts";
import { resolveIn } from "./resolve.ts";

type Pointer = (identifier: Identifier) => Item;

const repointIn =
  ({ client, table }: Table, pointer: Pointer): CustomerStore["repoint"] =>
  async (identifiers, to) => {
    const repair = (identifier: Identifier) =>
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: pointer(identifier),
          UpdateExpression: "SET customerId = :to",
          ConditionExpression: "attribute_exists(pk)",
          ExpressionAttributeValues: attributes({ ":to": to }),
        }),
      );
    await Promise.allSettled(identifiers.map(repair));
  };

/** Customers in one table: one item a part, one Query a customer. `historyTable` tells which events are known. */
export const dynamoCustomerStore = (
  options: Tables & {
    /** The key under which identifiers are hashed, and its version. */
    readonly identifierKey: IdentifierKey;
    /** Several customers loaded at the same time are read in one request: for those who load many at a time. */
    readonly joinLoads?: boolean;
  },
): CustomerStore => {
  const table: Table = { client: options.client, table: options.customersTable };
  const pointer: Pointer = (identifier) => pointerKey(identifier, options.identifierKey);
  const load = loadFrom(table, options.joinLoads === true);
  return {
    resolve: resolveIn(options, pointer),
    load,
    find: async (ref) => {
      const colon = ref.indexOf(":");
      if (colon === -1) return load(ref);
      const item = await getItem(table, pointer({ type: ref.slice(0, colon), value: ref.slice(colon + 1) }));
      return item?.customerId?.S === undefined ? null : load(item.customerId.S);
    },
    save: (write) => writeAll(table.client, customerWrites(table.table, write, pointer)),
    repoint: repointIn(table, pointer),
    putConsent: putConsentIn(table),
  };
};
