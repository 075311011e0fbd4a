import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from "@aws-sdk/client-dynamodb";
import type { Item } from "./items.ts";

/** Everything a Query finds, page by page: one ends at 1 MB, whatever it holds. A request a page, made when it is asked for. */
export async function* queryPages(
  client: DynamoDBClient,
  input: Omit<QueryCommandInput, "ExclusiveStartKey">,
): AsyncGenerator<readonly Item[]> {
  let from: Item | undefined;
  do {
    const start = from === undefined ? {} : { ExclusiveStartKey: from };
    const answer = await client.send(new QueryCommand({ ...input, ...start }));
    yield answer.Items ?? [];
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
}

/** The same in one list. */
export const queryAll = async (
  client: DynamoDBClient,
  input: Omit<QueryCommandInput, "ExclusiveStartKey">,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for await (const page of queryPages(client, input)) items.push(...page);
  return items;
};
