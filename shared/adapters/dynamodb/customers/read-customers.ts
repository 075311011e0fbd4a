import { QueryCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import { RapportError } from "#kernel/errors.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import { joinCalls } from "../../joining/calls.ts";
import { batchGet, MAX_KEYS } from "../requests/batches.ts";
import { bestEffort } from "../requests/best-effort.ts";
import { attributes, type Table } from "../requests/items.ts";
import { partKeys, stateKey, toRecord } from "./customer-items.ts";

/** Merges of merges are rare; a longer way than this is a loop, which no write can make. */
export const MAX_HOPS = 16;

type Read = (customerId: CustomerId) => Promise<CustomerRecord | null>;

const queryOne =
  ({ client, table }: Table): Read =>
  async (customerId) => {
    const answer = await client.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: attributes({ ":pk": customerId }),
      }),
    );
    return toRecord(answer.Items ?? []);
  };

/** As `queryOne`, for several at a time: by key, which costs some more read units and nine tenths less requests. */
const readJoined = ({ client, table }: Table): Read => {
  const query = queryOne({ client, table });
  const readMany = async (ids: readonly CustomerId[]): Promise<readonly (CustomerRecord | null)[]> => {
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) return [await query(only)];
    const keys = [...new Set(ids)].flatMap(partKeys);
    const found = await batchGet(client, { [table]: { Keys: keys, ConsistentRead: true } });
    const parts = Map.groupBy(found[table] ?? [], (item) => item.pk?.S);
    return ids.map((id) => toRecord(parts.get(id) ?? []));
  };
  return joinCalls({ call: readMany, sizeOf: (id: CustomerId) => partKeys(id).length, capacity: MAX_KEYS });
};

/** The next reader has one hop to go. Nothing depends on it. */
const shorten = ({ client, table }: Table, customerId: CustomerId, survivor: CustomerId) =>
  client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: stateKey(customerId),
      UpdateExpression: "SET mergedInto = :survivor",
      ConditionExpression: "attribute_exists(mergedInto)",
      ExpressionAttributeValues: attributes({ ":survivor": survivor }),
    }),
  );

type Loading = {
  /** Several asked for at the same time are read in one request. */
  readonly joined?: boolean;
  /** Shortens a chain of merges that was met: for who has the right to. */
  readonly repair?: boolean;
};

/** Reads a customer, or whom they became part of. */
export const loadFrom = (
  table: Table,
  { joined = false, repair = false }: Loading = {},
): CustomerStore["load"] => {
  const read = joined ? readJoined(table) : queryOne(table);
  return async (customerId) => {
    let record = await read(customerId);
    for (let hops = 1; record?.state.mergedInto !== undefined; hops += 1) {
      if (hops > MAX_HOPS) throw new RapportError("internal", "merges lead in a circle");
      record = await read(record.state.mergedInto);
      if (repair && hops > 1 && record !== null && record.state.mergedInto === undefined) {
        await bestEffort([shorten(table, customerId, record.state.customerId)]);
      }
    }
    return record;
  };
};
