import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type AttributeValue, DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { localAws } from "#infra/local/aws/place.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { parameterName } from "#runtime/names.ts";

type Item = Readonly<Record<string, AttributeValue>>;

/** A message as it lay on its queue. */
export type QueuedMessage = {
  readonly body: string;
  readonly attributes?: unknown;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sentAt: string;
  /** Not before, where it was sent with a delay. */
  readonly visibleAt?: string;
};
export type Snapshot = {
  /** When the release was stopped. */
  readonly at: string;
  readonly tables: Readonly<Record<string, readonly Item[]>>;
  readonly queues: Readonly<Record<string, readonly QueuedMessage[]>>;
  /** The decision log's objects by key: lines of sealed records. */
  readonly objects: Readonly<Record<string, readonly string[]>>;
};

const TABLES = ["customers", "history", "timers", "playbooks", "keys", "learning"] as const;

/** Everything that the cloud keeps, all of one moment: nothing may be running. */
export const takeSnapshot = async (cloud: LocalCloud, stateDirectory: string): Promise<Snapshot> => {
  const at = new Date(cloud.time.now()).toISOString();
  return {
    at,
    tables: await readTables(cloud),
    queues: readQueues(stateDirectory, Date.parse(at)),
    objects: await readObjects(cloud),
  };
};

const keyOf = (item: Item): string => `${item.pk?.S} ${item.sk?.S ?? ""}`;

const readTables = async (cloud: LocalCloud): Promise<Snapshot["tables"]> => {
  const client = new DynamoDBClient(localAws(cloud.awsUrl));
  const tables: Record<string, readonly Item[]> = {};
  for (const name of TABLES) {
    const TableName = cloud.deployment.parameters.get(parameterName("local", `tables/${name}`));
    const items: Item[] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) items.push(...Items);
    tables[name] = items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }
  client.destroy();
  return tables;
};

/** From the cloud's own file: what a worker holds for a while cannot be received. */
const readQueues = (stateDirectory: string, now: number): Snapshot["queues"] => {
  const database = new DatabaseSync(join(stateDirectory, "cloud.sqlite"), { readOnly: true });
  const rows = database
    .prepare(
      "SELECT queue, body, attributes, grouping, deduplication, sent_at, visible_at, receives FROM messages ORDER BY queue, seq",
    )
    .all();
  database.close();
  const messages = rows.map((row) => ({
    queue: String(row.queue),
    body: String(row.body),
    ...(typeof row.attributes === "string" ? { attributes: JSON.parse(row.attributes) } : {}),
    ...(typeof row.grouping === "string" ? { groupId: row.grouping } : {}),
    ...(typeof row.deduplication === "string" ? { deduplicationId: row.deduplication } : {}),
    sentAt: new Date(Number(row.sent_at)).toISOString(),
    ...(Number(row.receives) === 0 && Number(row.visible_at) > now
      ? { visibleAt: new Date(Number(row.visible_at)).toISOString() }
      : {}),
  }));
  return Object.fromEntries(
    [...Map.groupBy(messages, ({ queue }) => queue)].map(([queue, own]) => [
      queue,
      own.map(({ queue: _named, ...message }) => message),
    ]),
  );
};

const readObjects = async (cloud: LocalCloud): Promise<Snapshot["objects"]> => {
  const client = new S3Client({ ...localAws(cloud.awsUrl), forcePathStyle: true });
  const Bucket = cloud.deployment.parameters.get(parameterName("local", "buckets/decision-log"));
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  const objects: Record<string, readonly string[]> = {};
  for (const { Key = "" } of Contents) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    objects[Key] = ((await Body?.transformToString()) ?? "").split("\n").filter((line) => line !== "");
  }
  client.destroy();
  return objects;
};
