import {
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { NO_CONSENT } from "#domain/customer/state.ts";
import { identifierKey } from "#domain/identity/identifiers.ts";
import { mergeConsent, newerConsent } from "#domain/profile/consent.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { CustomerId, Identifier } from "#domain/records/identity.ts";
import type { Consent, ConsentState } from "#domain/records/permission.ts";
import { RapportError } from "#kernel/errors.ts";
import type { CustomerStore, Resolution } from "#ports/customer-store.ts";
import { joinCalls } from "../../joining/calls.ts";
import { batchGet, MAX_KEYS } from "../requests/batches.ts";
import { putAll } from "../requests/transact.ts";
import {
  type CustomerItem,
  consentKey,
  fromConsentItem,
  type IdentifierKey,
  partKeys,
  pointerKey,
  stateKey,
  toConsentItem,
  toRecord,
} from "./customer-items.ts";
import { customerWrites, putOf, writeAll } from "./customer-writes.ts";

/** Merges of merges are rare; a longer way than this is a loop, which no write can make. */
const MAX_HOPS = 16;
const MAX_TRIES = 8;

/** Customers in one table: one item a part, one Query a customer. `historyTable` tells which events are known. */
export const dynamoCustomerStore = (options: {
  client: DynamoDBClient;
  customersTable: string;
  historyTable: string;
  /** The key under which identifiers are hashed, and its version. */
  identifierKey: IdentifierKey;
  /** Several customers loaded at the same time are read in one request: for those who load many at a time. */
  joinLoads?: boolean;
}): CustomerStore => {
  const { client, customersTable: table, historyTable } = options;
  const pointer = (identifier: Identifier): CustomerItem => pointerKey(identifier, options.identifierKey);

  const resolveSome = async (
    identifiers: readonly Identifier[],
    eventIds: readonly string[],
    into: { links: Map<string, CustomerId>; seen: Set<string> },
  ): Promise<void> => {
    const byHash = new Map(identifiers.map((one) => [pointer(one).pk?.S ?? "", identifierKey(one)]));
    const found = await batchGet(client, {
      ...(identifiers.length === 0
        ? {}
        : {
            [table]: {
              Keys: [...byHash.keys()].map((pk) => ({ pk: { S: pk }, sk: { S: "pointer" } })),
              ConsistentRead: true,
              ProjectionExpression: "pk, customerId",
            },
          }),
      ...(eventIds.length === 0
        ? {}
        : {
            [historyTable]: {
              Keys: eventIds.map((id) => ({ pk: { S: id } })),
              ConsistentRead: true,
              ProjectionExpression: "pk",
            },
          }),
    });
    for (const item of found[table] ?? []) {
      const key = byHash.get(item.pk?.S ?? "");
      if (key !== undefined && item.customerId?.S !== undefined) into.links.set(key, item.customerId.S);
    }
    for (const item of found[historyTable] ?? []) into.seen.add(item.pk?.S ?? "");
  };

  const resolve: CustomerStore["resolve"] = async (identifiers, eventIds): Promise<Resolution> => {
    const links = new Map<string, CustomerId>();
    const seen = new Set<string>();
    const distinct = [...new Map(identifiers.map((one) => [identifierKey(one), one])).values()];
    const events = [...new Set(eventIds)];
    for (let start = 0; start < distinct.length + events.length; start += MAX_KEYS) {
      const some = distinct.slice(start, start + MAX_KEYS);
      const from = Math.max(0, start - distinct.length);
      const room = MAX_KEYS - some.length;
      const to = Math.max(0, start + MAX_KEYS - distinct.length);
      await resolveSome(some, room === 0 ? [] : events.slice(from, to), { links, seen });
    }
    return { links, seenEvents: seen };
  };

  const query = async (customerId: CustomerId): Promise<CustomerRecord | null> => {
    const answer = await client.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: customerId } },
      }),
    );
    return toRecord(answer.Items ?? []);
  };

  /** The same for several: by key, which costs some more read units and nine tenths less requests. */
  const readMany = async (ids: readonly CustomerId[]): Promise<readonly (CustomerRecord | null)[]> => {
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) return [await query(only)];
    const keys = [...new Set(ids)].flatMap(partKeys);
    const found = await batchGet(client, { [table]: { Keys: keys, ConsistentRead: true } });
    const parts = Map.groupBy(found[table] ?? [], (item) => item.pk?.S);
    return ids.map((id) => toRecord(parts.get(id) ?? []));
  };
  const read = options.joinLoads
    ? joinCalls({ call: readMany, sizeOf: (id: CustomerId) => partKeys(id).length, capacity: MAX_KEYS })
    : query;

  /** The next reader has one hop to go. Nothing depends on it. */
  const shorten = async (customerId: CustomerId, survivor: CustomerId): Promise<void> => {
    await client
      .send(
        new UpdateItemCommand({
          TableName: table,
          Key: stateKey(customerId),
          UpdateExpression: "SET mergedInto = :survivor",
          ConditionExpression: "attribute_exists(mergedInto)",
          ExpressionAttributeValues: { ":survivor": { S: survivor } },
        }),
      )
      .catch(() => undefined);
  };

  const load: CustomerStore["load"] = async (customerId) => {
    let record = await read(customerId);
    for (let hops = 1; record?.state.mergedInto !== undefined; hops += 1) {
      if (hops > MAX_HOPS) throw new RapportError("internal", "merges lead in a circle");
      record = await read(record.state.mergedInto);
      if (hops > 1 && record !== null && record.state.mergedInto === undefined) {
        await shorten(customerId, record.state.customerId);
      }
    }
    return record;
  };

  const find: CustomerStore["find"] = async (ref) => {
    const colon = ref.indexOf(":");
    if (colon === -1) return load(ref);
    const { Item: item } = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: pointer({ type: ref.slice(0, colon), value: ref.slice(colon + 1) }),
        ConsistentRead: true,
      }),
    );
    return item?.customerId?.S === undefined ? null : load(item.customerId.S);
  };

  const repoint: CustomerStore["repoint"] = async (identifiers, to) => {
    const repair = (identifier: Identifier) =>
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: pointer(identifier),
          UpdateExpression: "SET customerId = :to",
          ConditionExpression: "attribute_exists(pk)",
          ExpressionAttributeValues: { ":to": { S: to } },
        }),
      );
    await Promise.allSettled(identifiers.map(repair));
  };

  const readConsent = async (
    customerId: CustomerId,
  ): Promise<{ readonly consent: ConsentState; readonly mergedInto: CustomerId | undefined }> => {
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName: table, Key: consentKey(customerId), ConsistentRead: true }),
    );
    return item === undefined
      ? { consent: NO_CONSENT, mergedInto: undefined }
      : { consent: fromConsentItem(item), mergedInto: item.mergedInto?.S };
  };

  /** Writes over what was read; false when somebody else wrote meanwhile. */
  const writeConsent = async (
    customerId: CustomerId,
    before: ConsentState,
    entries: readonly Consent[],
  ): Promise<boolean> => {
    const version = (before.version ?? 0) + 1;
    const merged = { ...mergeConsent(before, entries), version };
    return (await putAll(client, [putOf(table, toConsentItem(customerId, merged), version)])) === null;
  };

  const putConsent: CustomerStore["putConsent"] = async (customerId, entries, known) => {
    let target = customerId;
    let before = known;
    for (let attempt = 0; attempt < MAX_TRIES + MAX_HOPS; attempt += 1) {
      if (before === undefined) {
        const read = await readConsent(target);
        if (read.mergedInto !== undefined) {
          target = read.mergedInto;
          continue;
        }
        before = read.consent;
      }
      if (newerConsent(before, entries).length === 0) return;
      if (await writeConsent(target, before, entries)) return;
      before = undefined;
    }
    throw new RapportError("conflict", "consent changed at the same time, too often", { retryAfter: 1 });
  };

  return {
    resolve,
    load,
    find,
    save: (write) => writeAll(client, customerWrites(table, write, pointer)),
    repoint,
    putConsent,
  };
};
