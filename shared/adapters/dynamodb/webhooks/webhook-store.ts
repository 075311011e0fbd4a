import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import type { ReceiverHealth } from "#domain/webhook/health.ts";
import { WebhookDue } from "#events/webhook-due.ts";
import { DAY_MS, SECOND_MS } from "#kernel/time.ts";
import type { DeadLetter, WebhookStore } from "#ports/webhook-store.ts";
import { attributes, type Item, keyOf, type Table } from "../requests/items.ts";
import { queryAll } from "../requests/query-pages.ts";

/*
 * A table of its own: what is known of receivers lies in one partition, by the webhook's name, and is gone once they answer;
 * what could not be told in a partition of each webhook, by when it was given up.
 */

const HEALTH = "health";
/** As docs/data-map.md says. */
const KEPT_DAYS = 14;
/** Of a receiver that nobody asks about any more. */
const HEALTH_DAYS = 90;

const deadOf = (webhook: string): string => `dead#${webhook}`;
const deadKey = ({ due, at }: DeadLetter): Item => keyOf(deadOf(due.webhook), `${at}#${due.id}`);
const secondsAfter = (at: string, days: number): number =>
  Math.floor((Date.parse(at) + days * DAY_MS) / SECOND_MS);

const Known = z.object({
  sk: z.string(),
  failures: z.optional(z.number()),
  failingSince: z.exactOptional(z.string()),
  lastFailureAt: z.exactOptional(z.string()),
  reason: z.exactOptional(z.string()),
  slowUntil: z.exactOptional(z.string()),
  disabledAt: z.exactOptional(z.string()),
});
const Kept = z.object({ due: WebhookDue.schema, at: z.string(), reason: z.string() });

const readHealth = (item: Item): readonly [string, ReceiverHealth] => {
  const { sk, failures = 0, ...known } = z.parse(Known, unmarshall(item));
  return [sk, { failures, ...known }];
};

type Change = { readonly set: string; readonly values: Readonly<Record<string, unknown>> };

const change = async (
  { client, table }: Table,
  webhook: string,
  { set, values, condition }: Change & { readonly condition?: string },
): Promise<ReceiverHealth> => {
  const { Attributes: item = {} } = await client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: keyOf(HEALTH, webhook),
      UpdateExpression: set,
      ...(condition === undefined ? {} : { ConditionExpression: condition }),
      ExpressionAttributeValues: attributes(values),
      ReturnValues: "ALL_NEW",
    }),
  );
  return readHealth(item)[1];
};

export const dynamoWebhookStore = (table: Table): WebhookStore => ({
  health: async () => {
    const items = await queryAll(table.client, {
      TableName: table.table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: attributes({ ":pk": HEALTH }),
    });
    return new Map(items.map(readHealth));
  },
  failed: (webhook, { at, reason }) =>
    change(table, webhook, {
      set: "SET failures = if_not_exists(failures, :none) + :one, failingSince = if_not_exists(failingSince, :at), lastFailureAt = :at, reason = :reason, expires = :expires",
      values: {
        ":none": 0,
        ":one": 1,
        ":at": at,
        ":reason": reason,
        ":expires": secondsAfter(at, HEALTH_DAYS),
      },
    }),
  slow: async (webhook, until) => {
    await table.client.send(
      new PutItemCommand({
        TableName: table.table,
        Item: {
          ...keyOf(HEALTH, webhook),
          ...attributes({ failures: 0, slowUntil: until, expires: secondsAfter(until, 1) }),
        },
      }),
    );
  },
  disable: async (webhook, { at, reason }) => {
    try {
      await change(table, webhook, {
        set: "SET disabledAt = :at, reason = :reason, expires = :expires",
        condition: "attribute_not_exists(disabledAt)",
        values: { ":at": at, ":reason": reason, ":expires": secondsAfter(at, HEALTH_DAYS) },
      });
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
  clear: async (webhook) => {
    await table.client.send(new DeleteItemCommand({ TableName: table.table, Key: keyOf(HEALTH, webhook) }));
  },
  keep: async (letter) => {
    await table.client.send(
      new PutItemCommand({
        TableName: table.table,
        Item: {
          ...deadKey(letter),
          ...attributes({ ...letter, expires: secondsAfter(letter.at, KEPT_DAYS) }),
        },
      }),
    );
  },
  dead: async (webhook, limit) => {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.table,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: attributes({ ":pk": deadOf(webhook) }),
        ConsistentRead: true,
        Limit: limit + 1,
      }),
    );
    const letters = Items.map((item) => z.parse(Kept, unmarshall(item)));
    return {
      letters: letters.slice(0, limit),
      isMore: letters.length > limit || (LastEvaluatedKey !== undefined && letters.length < limit),
    };
  },
  drop: async (letters) => {
    for (const letter of letters)
      await table.client.send(new DeleteItemCommand({ TableName: table.table, Key: deadKey(letter) }));
  },
});
