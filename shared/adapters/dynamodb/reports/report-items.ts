import * as z from "zod/mini";
import type { Mark } from "#domain/report/count.ts";
import { type CountedRow, type Row, rowKey } from "#domain/report/row.ts";
import { hashId } from "#kernel/hash.ts";
import { DAY_MS } from "#kernel/time.ts";
import { attributes, type Item, keyOf } from "../requests/items.ts";

/*
 * Reports in the learning table. Rows: pk = `report#<month>`, sk = `<day>#<hash of the row>#<shard>`, each count an
 * attribute that DynamoDB adds to. What was counted of a decision: pk = `seen#<decisionId>`, sk = `report`.
 */

const MarkBody = z.object({
  decided: z.boolean(),
  actions: z.record(z.string(), z.object({ outcomes: z.array(z.string()), valued: z.array(z.string()) })),
});
const RowBody = z.union([
  z.object({
    kind: z.literal("choice"),
    day: z.string(),
    placement: z.string(),
    action: z.string(),
    treatment: z.string(),
    channel: z.string(),
    segments: z.exactOptional(z.array(z.string())),
  }),
  z.object({ kind: z.literal("refusal"), day: z.string(), placement: z.string() }),
]);

/** Marks what is a count among an item's attributes. */
const COUNT = "n#";
/** Longer than anybody looks back; then a row goes by itself. */
const ROW_KEPT_MS = 800 * DAY_MS;

export const markKey = (decisionId: string): Item => keyOf(`seen#${decisionId}`, "report");

export const toMark = ({ version, decided, actions }: Mark, expires: number): Item =>
  attributes({ body: JSON.stringify({ decided, actions }), version, expires });

export const fromMark = (item: Item): Mark => ({
  version: Number(item.version?.N),
  ...z.parse(MarkBody, JSON.parse(item.body?.S ?? "null")),
});

/** `2026-11` of `2026-11-30`. */
export const monthOf = (day: string): string => day.slice(0, 7);
export const monthKey = (month: string): string => `report#${month}`;

const rowItemKey = (row: Row, shard: number): Item =>
  keyOf(monthKey(monthOf(row.day)), `${row.day}#${hashId("row", rowKey(row))}#${shard}`);

/** Adds to a row in one of its shards, whether there is any yet or not. */
export const addToRow = (table: string, { row, counts }: CountedRow, shard: number) => {
  const names = Object.keys(counts);
  return {
    TableName: table,
    Key: rowItemKey(row, shard),
    UpdateExpression: `SET body = :body, expires = :expires ADD ${names.map((_, at) => `#${at} :${at}`).join(", ")}`,
    ExpressionAttributeNames: Object.fromEntries(names.map((name, at) => [`#${at}`, COUNT + name])),
    ExpressionAttributeValues: attributes({
      ":body": JSON.stringify(row),
      ":expires": Math.ceil((Date.parse(row.day) + ROW_KEPT_MS) / 1_000),
      ...Object.fromEntries(names.map((name, at) => [`:${at}`, counts[name]])),
    }),
  };
};

export const fromRow = (item: Item): CountedRow => ({
  row: z.parse(RowBody, JSON.parse(item.body?.S ?? "null")),
  counts: Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) =>
      name.startsWith(COUNT) ? [[name.slice(COUNT.length), Number(value.N)]] : [],
    ),
  ),
});
