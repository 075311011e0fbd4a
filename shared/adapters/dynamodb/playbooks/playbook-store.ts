import { gunzipSync, gzipSync } from "node:zlib";
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { decodeCursor, encodeCursor, listKey } from "#domain/playbook/model/list-cursor.ts";
import { RapportError } from "#kernel/errors.ts";
import type { PlaybookStore, PlaybookSummary, StoredPlaybook } from "#ports/playbook-store.ts";

type Item = Readonly<Record<string, AttributeValue>>;

/** An item may have 400 KB; a chunk leaves room for keys. */
const CHUNK_BYTES = 300 * 1024;
const POINTER = { pk: { S: "pointer" }, sk: { S: "current" } };
const INDEX = "index";

const text = z.object({ S: z.string() });
const Meta = z.object({
  name: text,
  createdAt: text,
  filesChunks: z.object({ N: z.string() }),
  documentChunks: z.object({ N: z.string() }),
});
const IndexEntry = z.object({ version: text, name: text, createdAt: text });
const Chunk = z.object({ data: z.object({ B: z.instanceof(Uint8Array) }) });
const Files = z.record(z.string(), z.string());

const chunksOf = (content: string): Buffer[] => {
  const packed = gzipSync(content);
  const count = Math.ceil(packed.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, index) =>
    packed.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES),
  );
};

/** `document#0002`: in order when sorted. */
const chunkKey = (part: "files" | "document", index: number): string =>
  `${part}#${String(index).padStart(4, "0")}`;

/**
 * Playbooks in their table. pk = version: sk = `meta` | `files#n` | `document#n` (gzip in chunks); pk = `index`, sk =
 * time#version: the list; pk = `pointer`, sk = `current`: what is live. The `meta` item is written after the chunks, so
 * that a version is either whole or not there.
 */
export const dynamoPlaybookStore = (options: { client: DynamoDBClient; table: string }): PlaybookStore => {
  const { client, table } = options;

  const getItem = async (pk: string, sk: string): Promise<Item | undefined> => {
    const key = { pk: { S: pk }, sk: { S: sk } };
    const answer = await client.send(
      new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }),
    );
    return answer.Item;
  };
  const metaOf = async (version: string) => {
    const item = await getItem(version, "meta");
    return item === undefined ? null : z.parse(Meta, item);
  };
  const putItem = async (pk: string, sk: string, item: Item, condition?: string): Promise<void> => {
    const ConditionExpression = condition === undefined ? {} : { ConditionExpression: condition };
    const Item = { pk: { S: pk }, sk: { S: sk }, ...item };
    await client.send(new PutItemCommand({ TableName: table, Item, ...ConditionExpression }));
  };
  const putParts = async ({ version, files, document }: StoredPlaybook) => {
    const parts = { files: chunksOf(JSON.stringify(files)), document: chunksOf(document) };
    for (const part of ["files", "document"] as const) {
      for (const [index, data] of parts[part].entries()) {
        await putItem(version, chunkKey(part, index), { data: { B: data } });
      }
    }
    return {
      filesChunks: { N: String(parts.files.length) },
      documentChunks: { N: String(parts.document.length) },
    };
  };
  /** The first to write `meta` says when the version was made. */
  const putMeta = async (playbook: StoredPlaybook): Promise<{ name: string; createdAt: string }> => {
    const known = await metaOf(playbook.version);
    if (known) return { name: known.name.S, createdAt: known.createdAt.S };
    const { version, name, createdAt } = playbook;
    const counts = await putParts(playbook);
    try {
      const meta = { name: { S: name }, createdAt: { S: createdAt }, ...counts };
      await putItem(version, "meta", meta, "attribute_not_exists(pk)");
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const other = await metaOf(version);
      if (other) return { name: other.name.S, createdAt: other.createdAt.S };
    }
    return { name, createdAt };
  };
  const readPart = async (version: string, part: "files" | "document", count: string): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for (let index = 0; index < Number(count); index += 1) {
      const item = await getItem(version, chunkKey(part, index));
      if (item === undefined) throw new RapportError("unavailable", `playbook ${version} is incomplete`);
      chunks.push(z.parse(Chunk, item).data.B);
    }
    return gunzipSync(Buffer.concat(chunks)).toString("utf8");
  };
  const list = async (limit: number, before: string | null) => {
    const values = { ":pk": { S: INDEX }, ...(before === null ? {} : { ":before": { S: before } }) };
    const answer = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: before === null ? "pk = :pk" : "pk = :pk and sk < :before",
        ExpressionAttributeValues: values,
        ScanIndexForward: false,
        Limit: limit + 1,
        ConsistentRead: true,
      }),
    );
    return (answer.Items ?? []).map((item): PlaybookSummary => {
      const { version, name, createdAt } = z.parse(IndexEntry, item);
      return { version: version.S, name: name.S, createdAt: createdAt.S };
    });
  };

  return {
    put: async (playbook) => {
      const { version } = playbook;
      const { name, createdAt } = await putMeta(playbook);
      // Written again on a retry: a crash between the two must not leave a version that no list shows.
      const entry = { version: { S: version }, name: { S: name }, createdAt: { S: createdAt } };
      await putItem(INDEX, listKey({ version, createdAt }), entry);
    },
    get: async (version) => {
      const meta = await metaOf(version);
      if (!meta) return null;
      const files = await readPart(version, "files", meta.filesChunks.N);
      const document = await readPart(version, "document", meta.documentChunks.N);
      const stored = { version, name: meta.name.S, createdAt: meta.createdAt.S };
      return { ...stored, files: z.parse(Files, JSON.parse(files)), document };
    },
    document: async (version) => {
      const meta = await metaOf(version);
      return meta ? readPart(version, "document", meta.documentChunks.N) : null;
    },
    current: async () => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: POINTER, ConsistentRead: true }),
      );
      return Item?.version?.S ?? null;
    },
    publish: async (version, at) => {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: POINTER,
          UpdateExpression: "SET version = :version, publishedAt = :at",
          ExpressionAttributeValues: { ":version": { S: version }, ":at": { S: at } },
          ReturnValues: "ALL_OLD",
        }),
      );
      return { previous: Attributes?.version?.S ?? null };
    },
    list: async ({ limit, cursor }) => {
      const found = await list(limit, cursor === undefined ? null : decodeCursor(cursor));
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items, cursor: last && found.length > limit ? encodeCursor(last) : null };
    },
  };
};
