import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  TransactionConflictException,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { CONFLICT, retry } from "#kernel/retry.ts";
import { attributes, type Item } from "../requests/items.ts";
import { PATIENTLY, transact } from "../requests/transact.ts";
import { type LimitUpdate, rounded, stockKey, type Update } from "./limit-updates.ts";

/** Minutes whose holds have run out, with how many they are. */
const expiredHolds = (item: Item, now: number): readonly (readonly [name: string, count: number])[] => {
  const minute = Math.floor(now / 60_000);
  return Object.entries(item).flatMap(([name, value]) =>
    /^h\d+$/.test(name) && Number(name.slice(1)) <= minute && value.N !== undefined
      ? [[name, Number(value.N)] as const]
      : [],
  );
};

/** At most so many minutes in one expression. */
const MAX_SWEPT = 100;

/**
 * Gives back the units whose holds have run out, on condition that they are as `item` (as read with the failed
 * condition) shows them. True: there may be some left now, or somebody else gave them back.
 */
const sweepHolds = async (
  client: DynamoDBClient,
  table: string,
  offer: { readonly action: string; readonly item: Item | undefined },
  now: number,
): Promise<boolean> => {
  const expired = expiredHolds(offer.item ?? {}, now).slice(0, MAX_SWEPT);
  if (expired.length === 0) return false;
  const total = expired.reduce((sum, [, count]) => sum + count, 0);
  try {
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: stockKey(offer.action),
        UpdateExpression: `ADD promised :total REMOVE ${expired.map((_, index) => `#h${index}`).join(", ")}`,
        ConditionExpression: expired.map((_, index) => `#h${index} = :h${index}`).join(" AND "),
        ExpressionAttributeNames: Object.fromEntries(expired.map(([name], index) => [`#h${index}`, name])),
        ExpressionAttributeValues: attributes({
          ":total": rounded(-total),
          ...Object.fromEntries(expired.map(([, count], index) => [`:h${index}`, count])),
        }),
      }),
    );
  } catch (error) {
    if (error instanceof TransactionConflictException) return true;
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
  return true;
};

/** Gives back what an update took, because the decision did not come to be. */
const releaseOf = ({ update }: LimitUpdate): Update => {
  const { ":one": one, ":cost": cost } = update.ExpressionAttributeValues ?? {};
  const minus = -Number((cost ?? one)?.N ?? 0);
  const held = update.ExpressionAttributeNames?.["#held"];
  return {
    TableName: update.TableName,
    Key: update.Key,
    UpdateExpression:
      cost !== undefined
        ? "ADD spent :minus"
        : held === undefined
          ? "ADD promised :minus"
          : "ADD promised :minus, #held :minus",
    // Holds that were swept meanwhile have been given back with the others.
    ...(held === undefined
      ? {}
      : { ConditionExpression: "#held >= :one", ExpressionAttributeNames: { "#held": held } }),
    ExpressionAttributeValues: attributes({ ":minus": minus, ":one": held === undefined ? undefined : 1 }),
  };
};

/**
 * Takes what was claimed, one plain conditional update each: on an item that everybody writes at once, transactions would
 * cancel one another. All or nothing; the claim that could not be met, or null.
 */
export const takeLimits = async (
  client: DynamoDBClient,
  limits: readonly LimitUpdate[],
  now: number,
): Promise<LimitUpdate | null> => {
  const taken: LimitUpdate[] = [];
  for (const limit of limits) {
    if (await takeOne(client, limit, now)) taken.push(limit);
    else {
      await releaseLimits(client, taken);
      return limit;
    }
  }
  return null;
};

/** False: there is none left, or so many are at it that nobody can tell. Then the decision does without. */
const takeOne = async (client: DynamoDBClient, limit: LimitUpdate, now: number): Promise<boolean> => {
  const outcome = await retry(PATIENTLY, async () => {
    try {
      await client.send(new UpdateItemCommand(limit.update));
      return true;
    } catch (error) {
      if (error instanceof TransactionConflictException) return CONFLICT;
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      if (limit.kind === "budget") return false;
      const offer = { action: limit.action, item: error.Item };
      return (await sweepHolds(client, limit.update.TableName ?? "", offer, now)) ? CONFLICT : false;
    }
  });
  return outcome === true;
};

/**
 * Gives back what was taken, in a transaction of its own each: made twice, as a plain update whose answer got lost is, it
 * would give back somebody else's. What cannot be given back for the crowd stays taken.
 */
export const releaseLimits = async (
  client: DynamoDBClient,
  limits: readonly LimitUpdate[],
): Promise<void> => {
  for (const limit of limits) {
    const release = [{ Update: releaseOf(limit) }];
    await retry(PATIENTLY, async () => {
      const failed = await transact(client, release);
      return failed === release.length ? CONFLICT : failed;
    });
  }
};
