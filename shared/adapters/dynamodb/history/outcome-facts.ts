import { rewardFrom } from "#domain/simulation/reward.ts";
import type { OutcomeFacts } from "#ports/outcome-facts.ts";
import { joinCalls } from "../../joining/calls.ts";
import { stateKey } from "../customers/customer-items.ts";
import { batchGet, MAX_KEYS } from "../requests/batches.ts";
import { INDEXES } from "../requests/indexes.ts";
import { attributes, type Item, type Tables } from "../requests/items.ts";
import { queryPages } from "../requests/query-pages.ts";
import { fromFactItem } from "./history-items.ts";

/** A longer way from an absorbed customer than this is a loop, which no write can make. */
const MAX_HOPS = 16;

/**
 * Outcomes and events among a customer's facts, in the time after a decision. What a customer did before two became one
 * lies with whom they were then, what they did afterwards with the survivor.
 */
export const dynamoOutcomeFacts = ({ client, customersTable, historyTable }: Tables): OutcomeFacts => {
  const readMany = async (ids: readonly string[]): Promise<readonly (Item | undefined)[]> => {
    const found = await batchGet(client, {
      [customersTable]: {
        Keys: [...new Set(ids)].map(stateKey),
        ProjectionExpression: "pk, mergedInto, absorbed",
      },
    });
    const byId = new Map((found[customersTable] ?? []).map((item) => [item.pk?.S, item]));
    return ids.map((id) => byId.get(id));
  };
  const read = joinCalls({ call: readMany, sizeOf: () => 1, capacity: MAX_KEYS });

  /** All ids of the person that the customer is or has become; null when there is nobody. */
  const idsOf = async (customerId: string): Promise<ReadonlySet<string> | null> => {
    const ids = new Set([customerId]);
    let person = await read(customerId);
    for (let hops = 0; person?.mergedInto?.S !== undefined && hops < MAX_HOPS; hops += 1) {
      ids.add(person.mergedInto.S);
      person = await read(person.mergedInto.S);
    }
    return person === undefined ? null : new Set([...ids, ...(person.absorbed?.SS ?? [])]);
  };

  return {
    rewardOf: async ({ decisionId, customerId, at }, goal) => {
      const ids = customerId === null ? null : await idsOf(customerId);
      if (ids === null) return undefined;
      let reward = 0;
      for (const id of ids) {
        const pages = queryPages(client, {
          TableName: historyTable,
          IndexName: INDEXES.historyByCustomer,
          KeyConditionExpression: "customerId = :id AND #at BETWEEN :from AND :to",
          ExpressionAttributeNames: { "#at": "at" },
          ExpressionAttributeValues: attributes({
            ":id": id,
            ":from": at,
            ":to": `${new Date(Date.parse(at) + goal.withinMs).toISOString()}#~`,
          }),
        });
        for await (const page of pages) {
          for (const item of page) {
            const fact = fromFactItem(item);
            const worth = fact === null ? null : rewardFrom(fact, decisionId, goal);
            if (worth === null) continue;
            if (!goal.value) return 1;
            reward += worth;
          }
        }
      }
      return reward;
    },
  };
};
