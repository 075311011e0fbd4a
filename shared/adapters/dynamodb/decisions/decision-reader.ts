import { type AttributeValue, type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { DecisionStore } from "#ports/decision-store.ts";
import { fromDecisionItem, namedDecision, type ReadVersion } from "./decision-item.ts";

export const readDecisionItem = async (
  client: DynamoDBClient,
  historyTable: string,
  decisionId: string,
): Promise<Record<string, AttributeValue> | undefined> => {
  const { Item: item } = await client.send(
    new GetItemCommand({ TableName: historyTable, Key: { pk: { S: decisionId } }, ConsistentRead: true }),
  );
  return item?.kind?.S === "decision" ? item : undefined;
};

/** Decisions for those who only look at them. `readVersion`: absent where nobody asks for names of release 0.1. */
export const dynamoDecisionReader = (options: {
  client: DynamoDBClient;
  historyTable: string;
  readVersion?: ReadVersion | undefined;
}): Pick<DecisionStore, "get"> => ({
  get: async (decisionId) => {
    const item = await readDecisionItem(options.client, options.historyTable, decisionId);
    if (item === undefined) return null;
    return options.readVersion === undefined
      ? fromDecisionItem(item)
      : namedDecision(item, options.readVersion);
  },
});
