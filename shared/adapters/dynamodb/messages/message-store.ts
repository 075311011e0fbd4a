import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { originsOf, toChange } from "#domain/message/status.ts";
import type { Message } from "#domain/records/message.ts";
import type { MessageStore } from "#ports/message-store.ts";
import { fromMessageItem, toChangeAttribute } from "./message-item.ts";

type Update =
  | { readonly outcome: "written" | "refused"; readonly message: Message }
  | { readonly outcome: "missing" };

/**
 * Messages in the history table. One request each: what the condition refused comes back with the refusal
 * (`ReturnValuesOnConditionCheckFailure`), so nobody reads before or after.
 */
export const dynamoMessageStore = (options: { client: DynamoDBClient; table: string }): MessageStore => {
  const { client, table } = options;

  const update = async (
    messageId: string,
    change: Pick<
      UpdateItemCommandInput,
      "UpdateExpression" | "ConditionExpression" | "ExpressionAttributeValues"
    >,
  ): Promise<Update> => {
    try {
      const { Attributes: item } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: messageId } },
          ...change,
          ExpressionAttributeNames: { "#status": "status" },
          ReturnValues: "ALL_NEW",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return item === undefined
        ? { outcome: "missing" }
        : { outcome: "written", message: fromMessageItem(item) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return error.Item === undefined
        ? { outcome: "missing" }
        : { outcome: "refused", message: fromMessageItem(error.Item) };
    }
  };

  return {
    get: async (messageId) => {
      const { Item: item } = await client.send(
        new GetItemCommand({ TableName: table, Key: { pk: { S: messageId } }, ConsistentRead: true }),
      );
      return item?.kind?.S === "message" ? fromMessageItem(item) : null;
    },

    claim: async (messageId, { now, until, reclaim }) => {
      const expired = reclaim === "never" ? "" : " OR (#status = :sending AND claimedUntil < :now)";
      const claiming = await update(messageId, {
        UpdateExpression:
          "SET #status = :sending, claimedUntil = :until, changes = list_append(changes, :change) ADD attempts :one",
        ConditionExpression: `#status = :requested${expired}`,
        ExpressionAttributeValues: {
          ":requested": { S: "requested" },
          ":sending": { S: "sending" },
          ":until": { S: until },
          ":change": { L: [toChangeAttribute({ status: "sending", at: now })] },
          ":one": { N: "1" },
          ...(expired === "" ? {} : { ":now": { S: now } }),
        },
      });
      if (claiming.outcome === "missing") return claiming;
      return { outcome: claiming.outcome === "written" ? "claimed" : "taken", message: claiming.message };
    },

    record: async (messageId, move) => {
      const origins = originsOf(move.status).map(
        (status, index) => [`:from${index}`, { S: status }] as const,
      );
      const provider = move.providerMessageId;
      const written = await update(messageId, {
        UpdateExpression: `SET #status = :to, changes = list_append(changes, :change)${
          provider === undefined ? "" : ", providerMessageId = :provider"
        } REMOVE claimedUntil`,
        ConditionExpression: `#status IN (${origins.map(([name]) => name).join(", ")})`,
        ExpressionAttributeValues: {
          ":to": { S: move.status },
          ":change": { L: [toChangeAttribute(toChange(move))] },
          ...Object.fromEntries(origins),
          ...(provider === undefined ? {} : { ":provider": { S: provider } }),
        },
      });
      return written.outcome === "missing" ? null : written.message;
    },
  };
};
