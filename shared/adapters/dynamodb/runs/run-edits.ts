import { DeleteItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import type { RunEdit, RunEditing, RunEdits } from "#ports/run-store.ts";
import { attributes, type Item, keyOf, type Table } from "../requests/items.ts";
import { queryAll } from "../requests/query-pages.ts";
import { EDITS } from "./run-items.ts";

const Body = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  since: z.string(),
  at: z.number(),
  cursor: z.exactOptional(z.string()),
});

/** Sorted by when it was published: so the local clock knows when there is something to do. */
const itemOf = (edit: RunEdit): Item => ({
  ...keyOf(EDITS, edit.id),
  ...attributes({ body: JSON.stringify(edit) }),
});

/** For the one who publishes. */
export const dynamoRunEditing = ({ client, table }: Table): RunEditing => ({
  add: async ({ from, to, since }) => {
    const edit: RunEdit = { id: `${since}#${to}`, from, to, since, at: 0 };
    await client.send(new PutItemCommand({ TableName: table, Item: itemOf(edit) }));
  },
});

/** What was published and not everybody has looked at yet, the oldest first. */
export const dynamoRunEdits = ({ client, table }: Table): RunEdits => ({
  open: async () => {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: attributes({ ":pk": EDITS }),
    });
    return items.map((item) => z.parse(Body, JSON.parse(item.body?.S ?? "null")));
  },
  note: async ({ cursor: _, ...edit }, progress) => {
    await client.send(new PutItemCommand({ TableName: table, Item: itemOf({ ...edit, ...progress }) }));
  },
  done: async ({ id }) => {
    await client.send(new DeleteItemCommand({ TableName: table, Key: keyOf(EDITS, id) }));
  },
});
