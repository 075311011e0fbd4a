import type { UpdateItemCommandInput } from "@aws-sdk/client-dynamodb";
import type { Claim } from "#domain/records/decision.ts";
import { attributes, type Item, keyOf } from "../requests/items.ts";

/*
 * What is left of limited offers, in the history table beside the decisions that take of it. Stock: one item an action,
 * `promised` units in all, and of these `h<minute>` that are only held until that minute. Budgets: one item a period.
 */
export type Update = UpdateItemCommandInput & { readonly UpdateExpression: string };
export type LimitUpdate = {
  readonly action: string;
  readonly kind: "stock" | "budget";
  readonly update: Update;
};

export const stockKey = (action: string): Item => keyOf(`stock#${action}`);
const budgetKey = (action: string, period: number): Item => keyOf(`budget#${action}#${period}`);
/** Money adds up without the dust of binary fractions. */
export const rounded = (value: number): number => Number(value.toFixed(6));
export const heldIn = (minute: number): string => `h${minute}`;

/** A period's count is of no use once the period is over; nobody's budget lasts longer than this. */
const BUDGET_KEPT_SECONDS = 400 * 86_400;

export const stockUpdate = (table: string, action: string, stock: NonNullable<Claim["stock"]>): Update => ({
  TableName: table,
  Key: stockKey(action),
  UpdateExpression: stock.untilMinute === undefined ? "ADD promised :one" : "ADD promised :one, #held :one",
  ConditionExpression: "attribute_not_exists(promised) OR promised < :limit",
  ...(stock.untilMinute === undefined
    ? {}
    : { ExpressionAttributeNames: { "#held": heldIn(stock.untilMinute) } }),
  ExpressionAttributeValues: attributes({ ":one": 1, ":limit": rounded(stock.limit) }),
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
  ExpressionAttributeValues: attributes({
    ":cost": rounded(cost),
    ":room": rounded(max - cost),
    ":expires": rounded(seconds + BUDGET_KEPT_SECONDS),
  }),
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
