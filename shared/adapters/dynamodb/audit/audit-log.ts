import { PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { AuditEntry, AuditFilter, AuditLog } from "#ports/audit-log.ts";
import { attributes, type Item, keyOf, type Table } from "../requests/items.ts";

/** So many entries are looked at for one page of those that were asked for. */
const LOOKED_AT = 1_000;
const ROUND = 250;
/** All entries lie in one partition: people, and programs that manage the hub, change little. */
const ENTRIES = "audit";
/** As docs/data-map.md says. */
const KEPT_DAYS = 730;
/** `2026-11-30T10:15:00.000Z#aud_...` */
const PLACE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#aud_\w+$/;

/** We wrote it ourselves: one look that it is what we wrote is enough. */
const Kept = z.custom<AuditEntry>(
  (value) => typeof value === "object" && value !== null && "auditId" in value,
);

const placeOf = ({ at, auditId }: AuditEntry): string => `${at}#${auditId}`;
const readEntry = (item: Item): AuditEntry => z.parse(Kept, JSON.parse(item.body?.S ?? "null"));

type Found = { readonly items: readonly Item[]; readonly last: Item | undefined };

/** Places from `from` on and before `to`; those of one moment begin with it. */
const withinTimes = ({ from, to }: AuditFilter): string => {
  if (from !== undefined && to !== undefined) return " and sk between :from and :to";
  if (from !== undefined) return " and sk >= :from";
  return to === undefined ? "" : " and sk < :to";
};

/** Where a round begins, newest first. A start outside of the times is none that the database takes. */
const startOf = (before: string | undefined, { to }: AuditFilter) =>
  before === undefined || (to !== undefined && before >= to)
    ? {}
    : { ExclusiveStartKey: keyOf(ENTRIES, before) };

/** Entries of one round, and where the next begins; undefined: there are no more. */
const look = async (
  { client, table }: Table,
  before: string | undefined,
  { limit, ...filterBy }: AuditFilter & { readonly limit: number },
): Promise<Found> => {
  const { actor, call, target, from, to } = filterBy;
  if (before !== undefined && from !== undefined && before <= from) return { items: [], last: undefined };
  const wanted = { actor, call, target };
  const named = Object.entries(wanted).filter(([, value]) => value !== undefined);
  const filter =
    named.length === 0
      ? {}
      : {
          FilterExpression: named.map(([name]) => `#${name} = :${name}`).join(" and "),
          ExpressionAttributeNames: Object.fromEntries(named.map(([name]) => [`#${name}`, name])),
        };
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: `pk = :pk${withinTimes(filterBy)}`,
      ExpressionAttributeValues: attributes({
        ":pk": ENTRIES,
        ":from": from,
        ":to": to,
        ...Object.fromEntries(named.map(([name, value]) => [`:${name}`, value])),
      }),
      ...filter,
      ...startOf(before, filterBy),
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: named.length === 0 ? limit : ROUND,
    }),
  );
  return { items: Items, last: LastEvaluatedKey };
};

const list = async (
  table: Table,
  { limit, cursor, ...filter }: Parameters<AuditLog["list"]>[0],
): ReturnType<AuditLog["list"]> => {
  const items: AuditEntry[] = [];
  let before = cursor === undefined ? undefined : fromCursor(cursor, PLACE);
  for (let round = 0; round * ROUND < LOOKED_AT; round += 1) {
    const found = await look(table, before, { ...filter, limit });
    items.push(...found.items.map(readEntry));
    const cut = items[limit - 1];
    before = found.last?.sk?.S;
    if (cut !== undefined && (items.length > limit || before !== undefined))
      return { items: items.slice(0, limit), cursor: toCursor(placeOf(cut)) };
    if (before === undefined) return { items, cursor: null };
  }
  return { items, cursor: before === undefined ? null : toCursor(before) };
};

export const dynamoAuditLog = (table: Table): AuditLog => ({
  put: async (entry) => {
    const expires = Math.floor((Date.parse(entry.at) + KEPT_DAYS * DAY_MS) / 1_000);
    const { actor, call, target } = entry;
    const named = { actor: actor.id, call, target };
    await table.client.send(
      new PutItemCommand({
        TableName: table.table,
        Item: {
          ...keyOf(ENTRIES, placeOf(entry)),
          ...attributes({ ...named, body: JSON.stringify(entry), expires }),
        },
      }),
    );
  },
  list: (page) => list(table, page),
});
