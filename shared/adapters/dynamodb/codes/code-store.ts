import { ConditionalCheckFailedException, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import { CODE_TRIES, type CodeLimit } from "#domain/message/one-time-code.ts";
import { DAY_MS, SECOND_MS } from "#kernel/time.ts";
import type { CodeStore, CodeTry } from "#ports/code-store.ts";
import { attributes, type Item, keyOf, type Table } from "../requests/items.ts";

/*
 * A table of its own, without sort keys: codes by their id, and limits by their key, each as the moment up to which its
 * places are spoken for (the generic cell rate algorithm). An item goes a day after it has become of no use.
 */

const Kept = z.object({
  pk: z.string(),
  hash: z.string(),
  until: z.number(),
  tries: z.number(),
  limits: z.array(z.object({ key: z.string(), most: z.number(), everyMs: z.number() })),
  used: z.optional(z.boolean()),
});
const SpokenFor = z.object({ to: z.number() });

const expiresAfter = (ms: number): number => Math.ceil((ms + DAY_MS) / SECOND_MS);

type Change = {
  readonly key: string;
  readonly update: string;
  readonly condition: string;
  readonly values: Readonly<Record<string, unknown>>;
};
/** What an item is after a change; or before it, where its condition does not hold. */
type Changed = { readonly done: boolean; readonly item: Item | undefined };

/** Names that stand in all of the changes: DynamoDB keeps some of them for itself. */
const NAMES: Readonly<Record<string, string>> = {
  "#to": "to",
  "#until": "until",
  "#used": "used",
  "#expires": "expires",
};

const change = async (
  { client, table }: Table,
  { key, update, condition, values }: Change,
): Promise<Changed> => {
  const named = Object.entries(NAMES).filter(([name]) => `${update} ${condition}`.includes(name));
  try {
    const { Attributes: item } = await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: keyOf(key),
        UpdateExpression: update,
        ConditionExpression: condition,
        ...(named.length === 0 ? {} : { ExpressionAttributeNames: Object.fromEntries(named) }),
        ExpressionAttributeValues: attributes(values),
        ReturnValues: "ALL_NEW",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    );
    return { done: true, item };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { done: false, item: error.Item };
    throw error;
  }
};

/** Takes one place. Null: taken; else the milliseconds until there is one. */
const takePlace = async (
  table: Table,
  { key, most, everyMs }: CodeLimit,
  now: number,
): Promise<number | null> => {
  const roomUntil = now + (most - 1) * everyMs;
  const expires = expiresAfter(now + most * everyMs);
  const going = await change(table, {
    key,
    update: "SET #to = #to + :every, #expires = :expires",
    condition: "#to >= :now AND #to <= :room",
    values: { ":every": everyMs, ":expires": expires, ":now": now, ":room": roomUntil },
  });
  if (going.done) return null;
  const to = going.item === undefined ? 0 : z.parse(SpokenFor, unmarshall(going.item)).to;
  if (to > roomUntil) return to - roomUntil;
  const fresh = await change(table, {
    key,
    update: "SET #to = :first, #expires = :expires",
    condition: "attribute_not_exists(pk) OR #to < :now",
    values: { ":first": now + everyMs, ":expires": expires, ":now": now },
  });
  // Somebody else was the first of them meanwhile: among those that go on there is room, or there is not.
  return fresh.done ? null : takePlace(table, { key, most, everyMs }, now);
};

const giveBackPlace = async (table: Table, { key, everyMs }: CodeLimit): Promise<void> => {
  await change(table, {
    key,
    update: "SET #to = #to - :every",
    condition: "attribute_exists(pk)",
    values: { ":every": everyMs },
  });
};

const tryOf = ({ done, item }: Changed, now: number): CodeTry => {
  if (item === undefined) return { result: "missing" };
  const { pk, hash, until, limits, used, tries } = z.parse(Kept, unmarshall(item));
  const iso = new Date(until).toISOString();
  if (done) return { result: "taken", code: { id: pk, hash, until: iso, limits } };
  const isWorn = used !== true && until > now && tries >= CODE_TRIES;
  return isWorn ? { result: "worn", until: iso } : { result: "over" };
};

/** One-time codes and their limits. A place is one or two requests; a try one, and one more where it is right. */
export const dynamoCodeStore = (table: Table): CodeStore => ({
  takePlaces: async (limits, now) => {
    const taken: CodeLimit[] = [];
    for (const limit of limits) {
      const wait = await takePlace(table, limit, now);
      if (wait !== null) {
        await Promise.all(taken.map((one) => giveBackPlace(table, one)));
        return wait;
      }
      taken.push(limit);
    }
    return null;
  },
  giveBack: async (limits) => {
    await Promise.all(limits.map((limit) => giveBackPlace(table, limit)));
  },
  keep: async ({ id, hash, until, limits }) => {
    const ends = Date.parse(until);
    const item = { pk: id, hash, until: ends, limits, tries: 0, expires: expiresAfter(ends) };
    await table.client.send(new PutItemCommand({ TableName: table.table, Item: attributes(item) }));
  },
  takeTry: async (id, now) =>
    tryOf(
      await change(table, {
        key: id,
        update: "SET tries = tries + :one",
        condition: "attribute_exists(pk) AND tries < :most AND #until > :now AND attribute_not_exists(#used)",
        values: { ":one": 1, ":most": CODE_TRIES, ":now": now },
      }),
      now,
    ),
  use: async (id, now) => {
    const { done } = await change(table, {
      key: id,
      update: "SET #used = :true",
      condition: "attribute_exists(pk) AND #until > :now AND attribute_not_exists(#used)",
      values: { ":true": true, ":now": now },
    });
    return done;
  },
});
