import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { INDEXES } from "../../../infra/contract.ts";
import type { OutcomeFacts } from "../../ports/outcome-facts.ts";
import { fromFactItem } from "./history-items.ts";
import { queryPages } from "./query-pages.ts";

const Outcome = z.object({
  outcome: z.string(),
  properties: z.object({ decisionId: z.string(), value: z.optional(z.number()) }),
});

/** Outcomes among a customer's facts: those that name the decision, in the time after it. */
export const dynamoOutcomeFacts = (options: { client: DynamoDBClient; table: string }): OutcomeFacts => ({
  rewardOf: async ({ decisionId, customerId, at }, { outcome, withinMs, value }) => {
    if (customerId === null) return 0;
    let reward = 0;
    const pages = queryPages(options.client, {
      TableName: options.table,
      IndexName: INDEXES.historyByCustomer,
      KeyConditionExpression: "customerId = :id AND #at BETWEEN :from AND :to",
      ExpressionAttributeNames: { "#at": "at" },
      ExpressionAttributeValues: {
        ":id": { S: customerId },
        ":from": { S: at },
        ":to": { S: `${new Date(Date.parse(at) + withinMs).toISOString()}#~` },
      },
    });
    for await (const page of pages) {
      for (const item of page) {
        const fact = fromFactItem(item);
        const told = fact?.kind === "outcome" ? z.safeParse(Outcome, fact.body) : null;
        if (told?.success !== true || told.data.outcome !== outcome) continue;
        if (told.data.properties.decisionId !== decisionId) continue;
        if (!value) return 1;
        reward += told.data.properties.value ?? 0;
      }
    }
    return reward;
  },
});
