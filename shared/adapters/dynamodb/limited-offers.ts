import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import type { Claim } from "../../domain/decision/claims.ts";

/**
 * What is left of limited offers, in the history table beside the decisions that take of it. Stock: one item an action,
 * `promised` units in all, and of these `h<minute>` that are only held until that minute. Budgets: one item a period.
 */
type Item = Record<string, AttributeValue>;
type Update = UpdateItemCommandInput & { readonly UpdateExpression: string };
export type LimitUpdate = {
  readonly action: string;
  readonly kind: "stock" | "budget";
  readonly update: Update;
};

const stockKey = (action: string): Item => ({ pk: { S: `stock#${action}` } });
const budgetKey = (action: string, period: number): Item => ({ pk: { S: `budget#${action}#${period}` } });
const number = (value: number): AttributeValue => ({ N: String(Number(value.toFixed(6))) });
const heldIn = (minute: number): string => `h${minute}`;

/** A period's count is of no use once the period is over; nobody's budget lasts longer than this. */
const BUDGET_KEPT_SECONDS = 400 * 86_400;

const stockUpdate = (table: string, action: string, stock: NonNullable<Claim["stock"]>): Update => ({
  TableName: table,
  Key: stockKey(action),
  UpdateExpression: stock.untilMinute === undefined ? "ADD promised :one" : "ADD promised :one, #held :one",
  ConditionExpression: "attribute_not_exists(promised) OR promised < :limit",
  ...(stock.untilMinute === undefined
    ? {}
    : { ExpressionAttributeNames: { "#held": heldIn(stock.untilMinute) } }),
  ExpressionAttributeValues: { ":one": { N: "1" }, ":limit": number(stock.limit) },
  ReturnValuesOnConditionCheckFailure: "ALL_OLD",
});

const budgetUpdate = (
  table: string,
  action: string,
  { period, max, cost }: NonNullable<Claim["budget"]>,
  seconds: number,
): Update => ({
  TableName: table,
  Key: budgetKey(action, period),
  UpdateExpression: "ADD spent :cost SET #expires = :expires",
  ConditionExpression: "attribute_not_exists(spent) OR spent <= :room",
  ExpressionAttributeNames: { "#expires": "expires" },
  ExpressionAttributeValues: {
    ":cost": number(cost),
    ":room": number(max - cost),
    ":expires": number(seconds + BUDGET_KEPT_SECONDS),
  },
});

/** The updates that take what was claimed, each on condition that there is enough. `now`: milliseconds since the epoch. */
export const limitUpdates = (table: string, claims: readonly Claim[], now: number): readonly LimitUpdate[] =>
  claims.flatMap(({ action, stock, budget }) => [
    ...(stock === undefined
      ? []
      : [{ action, kind: "stock" as const, update: stockUpdate(table, action, stock) }]),
    ...(budget === undefined
      ? []
      : [
          {
            action,
            kind: "budget" as const,
            update: budgetUpdate(table, action, budget, Math.floor(now / 1000)),
          },
        ]),
  ]);

/** Minutes whose holds have run out, with how many they are. */
const expiredHolds = (item: Item, now: number): readonly (readonly [name: string, count: string])[] => {
  const minute = Math.floor(now / 60_000);
  return Object.entries(item).flatMap(([name, value]) =>
    /^h\d+$/.test(name) && Number(name.slice(1)) <= minute && value.N !== undefined
      ? [[name, value.N] as const]
      : [],
  );
};

/** At most so many minutes in one expression. */
const MAX_SWEPT = 100;

/**
 * Gives back the units whose holds have run out, on condition that they are as `item` (as read with the failed
 * condition) shows them. True: there may be some left now, or somebody else gave them back.
 */
export const sweepHolds = async (
  client: DynamoDBClient,
  table: string,
  offer: { readonly action: string; readonly item: Item | undefined },
  now: number,
): Promise<boolean> => {
  const expired = expiredHolds(offer.item ?? {}, now).slice(0, MAX_SWEPT);
  if (expired.length === 0) return false;
  const total = expired.reduce((sum, [, count]) => sum + Number(count), 0);
  try {
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: stockKey(offer.action),
        UpdateExpression: `ADD promised :total REMOVE ${expired.map((_, index) => `#h${index}`).join(", ")}`,
        ConditionExpression: expired.map((_, index) => `#h${index} = :h${index}`).join(" AND "),
        ExpressionAttributeNames: Object.fromEntries(expired.map(([name], index) => [`#h${index}`, name])),
        ExpressionAttributeValues: {
          ":total": number(-total),
          ...Object.fromEntries(expired.map(([, count], index) => [`:h${index}`, { N: count }])),
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
  return true;
};

/** An accepted offer: its unit is no longer held but gone. */
export type Keep = {
  readonly decisionId: string;
  readonly action: string;
  readonly heldUntil: string;
  /** As the live playbook has it; absent: no longer limited. */
  readonly limit?: number;
};

/**
 * Keeps the unit of an accepted offer for good. Once per decision and action; when its hold has run out already, another
 * unit is taken if there is one. Nothing is refused here: what was accepted was accepted.
 */
export const keepUnit = async (client: DynamoDBClient, table: string, keep: Keep): Promise<void> => {
  const { action, decisionId, heldUntil, limit } = keep;
  const mark: Update = {
    TableName: table,
    Key: { pk: { S: decisionId } },
    UpdateExpression: "ADD kept :action",
    ConditionExpression: "attribute_exists(pk) AND NOT contains(kept, :name)",
    ExpressionAttributeValues: { ":action": { SS: [action] }, ":name": { S: action } },
  };
  const held = heldIn(Math.round(Date.parse(heldUntil) / 60_000));
  const convert: Update = {
    TableName: table,
    Key: stockKey(action),
    UpdateExpression: "ADD #held :minus",
    ConditionExpression: "#held >= :one",
    ExpressionAttributeNames: { "#held": held },
    ExpressionAttributeValues: { ":minus": { N: "-1" }, ":one": { N: "1" } },
  };
  const failed = await transact(client, [mark, convert]);
  if (failed !== 1 || limit === undefined) return;
  await transact(client, [mark, stockUpdate(table, action, { limit })]);
};

/** Position of the first condition that failed, or null. Another transaction at the same item throws: the caller retries. */
const transact = async (client: DynamoDBClient, updates: readonly Update[]): Promise<number | null> => {
  try {
    await client.send(
      new TransactWriteItemsCommand({ TransactItems: updates.map((update) => ({ Update: update })) }),
    );
    return null;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const failed = (error.CancellationReasons ?? []).findIndex(
      ({ Code }) => Code === "ConditionalCheckFailed",
    );
    if (failed === -1) throw error;
    return failed;
  }
};
