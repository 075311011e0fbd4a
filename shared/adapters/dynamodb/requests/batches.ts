import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  BatchWriteItemCommand,
  type DynamoDBClient,
  type KeysAndAttributes,
  type WriteRequest,
} from "@aws-sdk/client-dynamodb";
import { RapportError } from "#kernel/errors.ts";

type Item = Record<string, AttributeValue>;

/** BatchGetItem and BatchWriteItem take this many (API reference). */
export const MAX_KEYS = 100;
const MAX_WRITES = 25;
const MAX_TRIES = 8;

/** Full jitter between tries (AWS Architecture Blog, "Exponential Backoff And Jitter"). */
const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(2_000, 25 * 2 ** attempt)));

const unavailable = (): RapportError =>
  new RapportError("unavailable", "the tables are busy, try again", { retryAfter: 1 });

/** Reads keys of several tables in one request; what the service left over is asked for again. */
export const batchGet = async (
  client: DynamoDBClient,
  request: Record<string, KeysAndAttributes>,
): Promise<Readonly<Record<string, readonly Item[]>>> => {
  const found: Record<string, Item[]> = {};
  let left: Record<string, KeysAndAttributes> | undefined = request;
  for (let attempt = 0; left !== undefined && Object.keys(left).length > 0; attempt += 1) {
    if (attempt === MAX_TRIES) throw unavailable();
    if (attempt > 0) await pause(attempt);
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

/** Puts items, 25 a request; what the service left over is written again. */
export const batchPut = async (
  client: DynamoDBClient,
  table: string,
  items: readonly Item[],
): Promise<void> => {
  for (let start = 0; start < items.length; start += MAX_WRITES) {
    let left: WriteRequest[] = items
      .slice(start, start + MAX_WRITES)
      .map((item) => ({ PutRequest: { Item: item } }));
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt === MAX_TRIES) throw unavailable();
      if (attempt > 0) await pause(attempt);
      const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: left } }));
      left = answer.UnprocessedItems?.[table] ?? [];
    }
  }
};
