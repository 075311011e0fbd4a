import {
  ConditionalCheckFailedException,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { type Claim, type Move, originsOf, toChange } from "#domain/message/status.ts";
import type { Message } from "#domain/records/message.ts";
import type { MessageReader, MessageStore } from "#ports/message-store.ts";
import { getItems } from "../requests/batches.ts";
import { attributes, getItem, keyOf, type Table } from "../requests/items.ts";
import { fromMessageItem, sweepShardOf, toChangeText } from "./message-item.ts";

type Change = Pick<UpdateItemCommandInput, "UpdateExpression" | "ConditionExpression"> & {
  readonly values: Readonly<Record<string, unknown>>;
};
type Written =
  | { readonly result: "written" | "refused"; readonly message: Message }
  | { readonly result: "missing" };

const update = async (
  { client, table }: Table,
  messageId: string,
  { values, ...change }: Change,
): Promise<Written> => {
  try {
    const { Attributes: item } = await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: keyOf(messageId),
        ...change,
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: attributes(values),
        ReturnValues: "ALL_NEW",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    );
    return item === undefined ? { result: "missing" } : { result: "written", message: fromMessageItem(item) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item === undefined
      ? { result: "missing" }
      : { result: "refused", message: fromMessageItem(error.Item) };
  }
};

const claimOf = ({ now, until, reclaim }: Claim): Change => {
  const expired = reclaim === "never" ? "" : " OR (#status = :sending AND claimedUntil < :now)";
  return {
    UpdateExpression:
      "SET #status = :sending, claimedUntil = :until, changes = list_append(changes, :change) ADD attempts :one",
    ConditionExpression: `#status = :requested${expired}`,
    values: {
      ":requested": "requested",
      ":sending": "sending",
      ":until": until,
      ":change": [toChangeText({ status: "sending", at: now })],
      ":one": 1,
      ":now": expired === "" ? undefined : now,
    },
  };
};

const changeOf = (messageId: string, move: Move): Change => {
  const origins = originsOf(move.status).map((status, index) => [`:from${index}`, status] as const);
  const { providerMessageId: provider, sweepAt, unlessHeldAt } = move;
  const set = [
    "#status = :to",
    "changes = list_append(changes, :change)",
    ...(provider === undefined ? [] : ["providerMessageId = :provider"]),
    // Of release 0.1 there are messages without a shard.
    ...(sweepAt === undefined ? [] : ["sweepAt = :sweepAt", "sweepShard = :shard"]),
  ];
  const isFree =
    unlessHeldAt === undefined
      ? ""
      : " AND (attribute_not_exists(claimedUntil) OR claimedUntil < :unlessHeldAt)";
  return {
    UpdateExpression: `SET ${set.join(", ")} REMOVE claimedUntil${sweepAt === undefined ? ", sweepAt" : ""}`,
    ConditionExpression: `#status IN (${origins.map(([name]) => name).join(", ")})${isFree}`,
    values: {
      ":to": move.status,
      ":change": [toChangeText(toChange(move))],
      ...Object.fromEntries(origins),
      ":provider": provider,
      ":sweepAt": sweepAt,
      ":shard": sweepAt === undefined ? undefined : sweepShardOf(messageId),
      ":unlessHeldAt": unlessHeldAt,
    },
  };
};

/** Several messages at once. */
export const dynamoMessageReader = (table: Table): MessageReader => ({
  getMany: async (messageIds) => {
    const items = await getItems(
      table,
      [...new Set(messageIds)].map((id) => keyOf(id)),
    );
    return items.filter(({ kind }) => kind?.S === "message").map(fromMessageItem);
  },
});

/**
 * Messages in the history table. One request each: what the condition refused comes back with the refusal
 * (`ReturnValuesOnConditionCheckFailure`), so nobody reads before or after.
 */
export const dynamoMessageStore = (table: Table): MessageStore => ({
  get: async (messageId) => {
    const item = await getItem(table, keyOf(messageId));
    return item?.kind?.S === "message" ? fromMessageItem(item) : null;
  },
  claim: async (messageId, claim) => {
    const claiming = await update(table, messageId, claimOf(claim));
    if (claiming.result === "missing") return claiming;
    return { result: claiming.result === "written" ? "claimed" : "taken", message: claiming.message };
  },
  record: async (messageId, move) => {
    const written = await update(table, messageId, changeOf(messageId, move));
    return written.result === "missing" ? null : written.message;
  },
});
