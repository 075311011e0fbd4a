import { identifierKey } from "#domain/identity/identifiers.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { LookupKeys } from "#kernel/keyring.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import { batchGet, MAX_KEYS } from "../requests/batches.ts";
import { bestEffort } from "../requests/best-effort.ts";
import { attributes, type Item, keyOf, putNew, type Table, type Tables } from "../requests/items.ts";
import { putAll } from "../requests/transact.ts";
import { pointerKey } from "./customer-items.ts";

type ResolveTables = Tables & {
  readonly identifierKeys: () => Promise<LookupKeys>;
  readonly repairPointers?: boolean;
};
type Asked = { readonly table: string; readonly key: Item };

/** Whom identifiers lead to, and which events are known: 100 keys of both together a request. */
export const resolveIn =
  (tables: ResolveTables): CustomerStore["resolve"] =>
  async (identifiers, eventIds) => {
    const { client, customersTable, historyTable, repairPointers } = tables;
    const keys = await tables.identifierKeys();
    const distinct = [...new Map(identifiers.map((one) => [identifierKey(one), one])).values()];
    const pointers = distinct.map((identifier) => ({
      identifier,
      under: keys.known.map((key) => pointerKey(identifier, key)),
    }));
    const found = await readAll(tables, [
      ...pointers.flatMap(({ under }) => under.map((key) => ({ table: customersTable, key }))),
      ...[...new Set(eventIds)].map((id) => ({ table: historyTable, key: keyOf(id) })),
    ]);
    const ownerOf = (key: Item | undefined): CustomerId | undefined =>
      found.get(customersTable)?.get(key?.pk?.S ?? "")?.customerId?.S;
    const links = new Map<string, CustomerId>();
    const missing: Item[] = [];
    for (const { identifier, under } of pointers) {
      const owner = ownerOf(under.find((key) => ownerOf(key) !== undefined));
      if (owner === undefined) continue;
      links.set(identifierKey(identifier), owner);
      const lacking = under.slice(0, keys.written.length).filter((key) => ownerOf(key) === undefined);
      missing.push(...lacking.map((key) => ({ ...key, ...attributes({ customerId: owner }) })));
    }
    if (repairPointers === true) await putMissing({ client, table: customersTable }, missing);
    return { links, seenEvents: new Set(found.get(historyTable)?.keys()) };
  };

/** Items by table and partition key. */
const readAll = async (
  { client, customersTable, historyTable }: Tables,
  asked: readonly Asked[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, Item>>> => {
  const columns = { [customersTable]: "pk, customerId", [historyTable]: "pk" };
  const found = new Map([customersTable, historyTable].map((table) => [table, new Map<string, Item>()]));
  for (let start = 0; start < asked.length; start += MAX_KEYS) {
    const byTable = Map.groupBy(asked.slice(start, start + MAX_KEYS), ({ table }) => table);
    const request = [...byTable].map(([table, some]) => {
      const Keys = some.map(({ key }) => key);
      return [table, { Keys, ConsistentRead: true, ProjectionExpression: columns[table] }] as const;
    });
    const read = await batchGet(client, Object.fromEntries(request));
    for (const [table, items] of Object.entries(read)) {
      for (const item of items) found.get(table)?.set(item.pk?.S ?? "", item);
    }
  }
  return found;
};

/** Best effort: whoever comes next finds them where they were. Somebody else's pointer is left alone. */
const putMissing = async ({ client, table }: Table, missing: readonly Item[]): Promise<void> => {
  await bestEffort(missing.map((item) => putAll(client, [putNew(table, item)])));
};
