import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import { RapportError } from "#kernel/errors.ts";
import type { StoredPlaybook } from "#ports/playbook-store.ts";
import { chunkKey, fromChunks, toChunks } from "../requests/chunks.ts";
import { attributes, getItem, keyOf, putNew, type Table } from "../requests/items.ts";
import { putAll } from "../requests/transact.ts";

const Meta = z.object({
  name: z.string(),
  createdAt: z.string(),
  filesChunks: z.number(),
  documentChunks: z.number(),
});
export type Meta = z.output<typeof Meta>;
const Chunk = z.object({ data: z.instanceof(Uint8Array) });
type Part = "files" | "document";

export const metaOf = async (table: Table, version: string): Promise<Meta | null> => {
  const item = await getItem(table, keyOf(version, "meta"));
  return item === undefined ? null : z.parse(Meta, unmarshall(item));
};

const putPart = async (
  { client, table }: Table,
  version: string,
  part: Part,
  content: string,
): Promise<number> => {
  const chunks = toChunks(content);
  for (const [index, data] of chunks.entries()) {
    const Item = { ...keyOf(version, chunkKey(part, index)), ...attributes({ data }) };
    await client.send(new PutItemCommand({ TableName: table, Item }));
  }
  return chunks.length;
};

/** Stores a version, its `meta` last; the first to write that says when the version was made. */
export const putVersion = async (
  table: Table,
  playbook: StoredPlaybook,
): Promise<Pick<Meta, "name" | "createdAt">> => {
  const { version, name, createdAt, files, document } = playbook;
  const known = await metaOf(table, version);
  if (known !== null) return known;
  const filesChunks = await putPart(table, version, "files", JSON.stringify(files));
  const documentChunks = await putPart(table, version, "document", document);
  const meta = { ...keyOf(version, "meta"), ...attributes({ name, createdAt, filesChunks, documentChunks }) };
  const failed = await putAll(table.client, [putNew(table.table, meta)]);
  return (failed === null ? null : await metaOf(table, version)) ?? { name, createdAt };
};

/** @throws RapportError `unavailable` when a chunk is not there */
export const readPart = async (table: Table, version: string, part: Part, count: number): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for (let index = 0; index < count; index += 1) {
    const item = await getItem(table, keyOf(version, chunkKey(part, index)));
    if (item === undefined) throw new RapportError("unavailable", `playbook ${version} is incomplete`);
    chunks.push(z.parse(Chunk, unmarshall(item)).data);
  }
  return fromChunks(chunks);
};
