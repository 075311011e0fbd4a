import { PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { AuditEntry, AuditLog } from "#ports/audit-log.ts";
import { attributes, type Item, keyOf, type Table } from "../requests/items.ts";

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

export const dynamoAuditLog = ({ client, table }: Table): AuditLog => ({
  put: async (entry) => {
    const expires = Math.floor((Date.parse(entry.at) + KEPT_DAYS * DAY_MS) / 1_000);
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: { ...keyOf(ENTRIES, placeOf(entry)), ...attributes({ body: JSON.stringify(entry), expires }) },
      }),
    );
  },
  list: async ({ limit, cursor }) => {
    const before = cursor === undefined ? undefined : fromCursor(cursor, PLACE);
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: before === undefined ? "pk = :pk" : "pk = :pk and sk < :before",
        ExpressionAttributeValues: attributes({ ":pk": ENTRIES, ":before": before }),
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: limit,
      }),
    );
    const items = Items.map(readEntry);
    const last = items.at(-1);
    return { items, cursor: last && LastEvaluatedKey ? toCursor(placeOf(last)) : null };
  },
});
