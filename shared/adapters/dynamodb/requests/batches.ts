import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  BatchWriteItemCommand,
  type KeysAndAttributes,
  type WriteRequest,
} from "@aws-sdk/client-dynamodb";
import { RapportError } from "#kernel/errors.ts";
import { backoff } from "#kernel/retry.ts";
import type { Item, Table } from "./items.ts";
import { pause } from "./pause.ts";

/** BatchGetItem and BatchWriteItem take this many (API reference). */
export const MAX_KEYS = 100;
const MAX_WRITES = 25;
const MAX_TRIES = 8;

/** Between tries, in milliseconds: the first and the longest. */
const PAUSE = [25, 2_000] as const;

const unavailable = (): RapportError =>
  new RapportError("unavailable", "the tables are busy, try again", { retryAfter: 1 });

/** Reads keys of several tables in one request; what the service left over is asked for again. */
export const batchGet = async (
  client: Table["client"],
  request: Record<string, KeysAndAttributes>,
): Promise<Readonly<Record<string, readonly Item[]>>> => {
  const found: Record<string, Item[]> = {};
  let left: Record<string, KeysAndAttributes> | undefined = request;
  for (let attempt = 0; left !== undefined && Object.keys(left).length > 0; attempt += 1) {
    if (attempt === MAX_TRIES) throw unavailable();
    if (attempt > 0) await pause(backoff(attempt, ...PAUSE));
    const answer: BatchGetItemCommandOutput = await client.send(
      new BatchGetItemCommand({ RequestItems: left }),
    );
    for (const [table, items] of Object.entries(answer.Responses ?? {})) {
      found[table] = [...(found[table] ?? []), ...items];
    }
    left = answer.UnprocessedKeys;
  }
  return found;
};

/** Items of one table as the last writes left them, those that there are. A request for each hundred keys, which must differ. */
export const getItems = async ({ client, table }: Table, keys: readonly Item[]): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for (let start = 0; start < keys.length; start += MAX_KEYS) {
    const Keys = keys.slice(start, start + MAX_KEYS);
    const found = await batchGet(client, { [table]: { Keys, ConsistentRead: true } });
    items.push(...(found[table] ?? []));
  }
  return items;
};

/** Puts or deletes items, 25 a request; what the service left over is written again. Keys must differ. */
export const batchWrite = async (
  { client, table }: Table,
  requests: readonly WriteRequest[],
): Promise<void> => {
  for (let start = 0; start < requests.length; start += MAX_WRITES) {
    let left: WriteRequest[] = requests.slice(start, start + MAX_WRITES);
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt === MAX_TRIES) throw unavailable();
      if (attempt > 0) await pause(backoff(attempt, ...PAUSE));
      const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: left } }));
      left = answer.UnprocessedItems?.[table] ?? [];
    }
  }
};
