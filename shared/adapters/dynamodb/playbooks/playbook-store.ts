import {
  ConditionalCheckFailedException,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import { LIST_KEY, listKey } from "#domain/playbook/model/list-key.ts";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import type { PlaybookStore, PlaybookSummary } from "#ports/playbook-store.ts";
import { attributes, getItem, keyOf, type Table } from "../requests/items.ts";
import { metaOf, putVersion, readPart } from "./playbook-parts.ts";

const POINTER = keyOf("pointer", "current");
const INDEX = "index";

const IndexEntry = z.object({ version: z.string(), name: z.string(), createdAt: z.string() });
const Files = z.record(z.string(), z.string());

/** Summaries, the newest first, after a place in the list if one is given. */
const summaries = async (
  { client, table }: Table,
  limit: number,
  before: string | null,
): Promise<readonly PlaybookSummary[]> => {
  const answer = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: before === null ? "pk = :pk" : "pk = :pk and sk < :before",
      ExpressionAttributeValues: attributes({ ":pk": INDEX, ":before": before ?? undefined }),
      ScanIndexForward: false,
      Limit: limit,
      ConsistentRead: true,
    }),
  );
  return (answer.Items ?? []).map((item) => z.parse(IndexEntry, unmarshall(item)));
};

const putInList = async ({ client, table }: Table, entry: PlaybookSummary): Promise<void> => {
  const Item = { ...keyOf(INDEX, listKey(entry)), ...attributes(entry) };
  await client.send(new PutItemCommand({ TableName: table, Item }));
};

/** Moves the pointer; gives the version that it stood at. */
const publishIn =
  ({ client, table }: Table): PlaybookStore["publish"] =>
  async (version, at) => {
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: POINTER,
        UpdateExpression: "SET version = :version, publishedAt = :at",
        ExpressionAttributeValues: attributes({ ":version": version, ":at": at }),
        ReturnValues: "ALL_OLD",
      }),
    );
    return { previous: Attributes?.version?.S ?? null };
  };

/** Moves the pointer if it still stands where it should. */
const publishOverIn =
  ({ client, table }: Table): PlaybookStore["publishOver"] =>
  async (version, at, expected) => {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: POINTER,
          UpdateExpression: "SET version = :version, publishedAt = :at",
          ConditionExpression: "version = :expected",
          ExpressionAttributeValues: attributes({ ":version": version, ":at": at, ":expected": expected }),
        }),
      );
      return "published";
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return "moved";
      throw error;
    }
  };

/**
 * Playbooks in their table. pk = version: sk = `meta` | `files#n` | `document#n` (gzip in chunks); pk = `index`, sk =
 * time#version: the list; pk = `pointer`, sk = `current`: what is live. The `meta` item is written after the chunks, so
 * that a version is either whole or not there.
 */
export const dynamoPlaybookStore = (table: Table): PlaybookStore => ({
  put: async (playbook) => {
    const { version } = playbook;
    const { name, createdAt } = await putVersion(table, playbook);
    // Written again on a retry: a crash between the two must not leave a version that no list shows.
    await putInList(table, { version, name, createdAt });
  },
  get: async (version) => {
    const meta = await metaOf(table, version);
    if (meta === null) return null;
    const { name, createdAt, filesChunks, documentChunks } = meta;
    const files = await readPart(table, version, "files", filesChunks);
    const document = await readPart(table, version, "document", documentChunks);
    return { version, name, createdAt, files: z.parse(Files, JSON.parse(files)), document };
  },
  document: async (version) => {
    const meta = await metaOf(table, version);
    return meta === null ? null : readPart(table, version, "document", meta.documentChunks);
  },
  current: async () => (await getItem(table, POINTER))?.version?.S ?? null,
  publish: publishIn(table),
  publishOver: publishOverIn(table),
  list: async ({ limit, cursor }) => {
    const found = await summaries(
      table,
      limit + 1,
      cursor === undefined ? null : fromCursor(cursor, LIST_KEY),
    );
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, cursor: last && found.length > limit ? toCursor(listKey(last)) : null };
  },
});
