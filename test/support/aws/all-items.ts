import {
  type AttributeValue,
  DynamoDBClient,
  ListTablesCommand,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import { localAws } from "#infra/local/aws/place.ts";

type Item = Readonly<Record<string, AttributeValue>>;

/** Every item of the table of a local cloud that is called so: `customers`, `history`. */
export const allItems = async (awsUrl: string, table: string): Promise<readonly Item[]> => {
  const client = new DynamoDBClient(localAws(awsUrl));
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const TableName = TableNames.find((name) => name.toLowerCase().includes(table));
  const items: Item[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) items.push(...Items);
  client.destroy();
  return items;
};
