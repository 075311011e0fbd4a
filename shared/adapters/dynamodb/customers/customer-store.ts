import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { LookupKeys } from "#kernel/keyring.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import { bestEffort } from "../requests/best-effort.ts";
import { attributes, type Item, type Table, type Tables } from "../requests/items.ts";
import { runWrites } from "../runs/run-writes.ts";
import { pointerKey, toPlainStateItem, toStateItem } from "./customer-items.ts";
import { customerWrites, writeAll } from "./customer-writes.ts";
import { findIn } from "./find-customer.ts";
import { putConsentIn } from "./put-consent.ts";
import { loadFrom } from "./read-customers.ts";
import { resolveIn } from "./resolve.ts";

type Options = Tables & {
  /** The keys that identifiers are hashed with. */
  readonly identifierKeys: () => Promise<LookupKeys>;
  /** Several customers loaded at the same time are read in one request: for those who load many at a time. */
  readonly joinLoads?: boolean;
  /**
   * Writes pointers that are found under an older key under the new one too, and shortens chains of merges: for who has the
   * right to.
   */
  readonly repairPointers?: boolean;
  /** Where runs of journeys lie: for who moves them. */
  readonly runsTable?: string;
  /** Writes profiles as JSON whatever their size, as release 0.1 reads them. */
  readonly plainStates?: boolean;
};

/** Customers in one table: one item a part, one Query a customer. `historyTable` tells which events are known. */
export const dynamoCustomerStore = (options: Options): CustomerStore => {
  const { identifierKeys } = options;
  const stateItem = options.plainStates === true ? toPlainStateItem : toStateItem;
  const table: Table = { client: options.client, table: options.customersTable };
  const load = loadFrom(table, {
    joined: options.joinLoads === true,
    repair: options.repairPointers === true,
  });
  return {
    resolve: resolveIn(options),
    load,
    find: findIn(table, { load, identifierKeys }),
    save: async (write) => {
      const keys = await identifierKeys();
      const writes = customerWrites(table.table, write, { keys, stateItem });
      return writeAll(table.client, writes, runWrites(options.runsTable ?? "", write));
    },
    repoint: async (identifiers, to) => {
      const { written } = await identifierKeys();
      const keys = identifiers.flatMap((identifier) => written.map((key) => pointerKey(identifier, key)));
      await bestEffort(keys.map((key) => repoint(table, key, to)));
    },
    putConsent: putConsentIn(table),
  };
};

const repoint = ({ client, table }: Table, key: Item, to: string): Promise<unknown> =>
  client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: key,
      UpdateExpression: "SET customerId = :to",
      ConditionExpression: "attribute_exists(pk)",
      ExpressionAttributeValues: attributes({ ":to": to }),
    }),
  );
