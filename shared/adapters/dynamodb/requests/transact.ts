import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
  TransactionCanceledException,
  TransactionConflictException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { backoff } from "#kernel/retry.ts";
import { pause } from "./pause.ts";

const MAX_PAUSE_MS = 200;

/**
 * All or nothing: position of the first condition that failed, or null when everything is written; past the end when
 * another transaction was in the way. The SDK gives each call a token, so that one whose answer got lost is not made
 * twice: what an addition to a number needs (TransactWriteItems, `ClientRequestToken`).
 */
export const transact = async (
  client: DynamoDBClient,
  writes: readonly TransactWriteItem[],
): Promise<number | null> => {
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems: [...writes] }));
    return null;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    const failed = codes.indexOf("ConditionalCheckFailed");
    if (failed !== -1) return failed;
    // Another transaction held one of the items at this very moment: as good as a changed version.
    if (codes.includes("TransactionConflict")) return codes.length;
    throw error;
  }
};

/** As `transact`, of items to put; a lone one needs no transaction and costs half. */
export const putAll = async (
  client: DynamoDBClient,
  puts: readonly PutItemCommandInput[],
): Promise<number | null> => {
  const [only, second] = puts;
  if (only === undefined) return null;
  if (second !== undefined) {
    return transact(
      client,
      puts.map((put) => ({ Put: put })),
    );
  }
  try {
    await client.send(new PutItemCommand(only));
    return null;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 0;
    if (error instanceof TransactionConflictException) return 1;
    throw error;
  }
};

/** For items that everybody writes: tries again while others are at them, for some seconds at most. */
export const PATIENTLY = {
  tries: 12,
  between: (attempt: number): Promise<void> => pause(backoff(attempt, 1, MAX_PAUSE_MS)),
};
