import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ContactStore } from "#ports/contact-store.ts";
import { putAll } from "../requests/transact.ts";
import { toContactItem } from "./customer-items.ts";
import { putOf } from "./customer-writes.ts";

/** The customer's item `contact` in the table `customers`; one request. */
export const dynamoContactStore = (options: { client: DynamoDBClient; table: string }): ContactStore => ({
  save: async (customerId, history) => {
    const put = putOf(options.table, toContactItem(customerId, history), history.version);
    return (await putAll(options.client, [put])) === null;
  },
});
