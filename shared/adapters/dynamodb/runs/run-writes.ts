import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import type { CustomerWrite } from "#ports/customer-store.ts";
import { attributes } from "../requests/items.ts";
import { countUpdates, toRunItem } from "./run-items.ts";

/**
 * Runs as they are written together with their customers' states. They need no condition of their own: whoever writes runs
 * writes the state, on condition that nobody did since it was read.
 */
export const runWrites = (
  table: string,
  { runs = [], runCounts = [] }: Pick<CustomerWrite, "runs" | "runCounts">,
): readonly TransactWriteItem[] => [
  ...runs.map((run) => ({ Put: { TableName: table, Item: toRunItem(run) } })),
  ...countUpdates(runCounts).map(({ key, add }) => {
    const names = [...add];
    return {
      Update: {
        TableName: table,
        Key: key,
        UpdateExpression: `ADD ${names.map((_, at) => `#n${at} :n${at}`).join(", ")}`,
        ExpressionAttributeNames: Object.fromEntries(names.map(([name], at) => [`#n${at}`, name])),
        ExpressionAttributeValues: attributes(Object.fromEntries(names.map(([, by], at) => [`:n${at}`, by]))),
      },
    };
  }),
];
