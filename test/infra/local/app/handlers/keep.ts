import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { environment } from "./environment.ts";

const dynamo = new DynamoDBClient({});
const events = new EventBridgeClient({});
const table = environment("ORDERS");
const bus = environment("BUS");

type Record = { readonly messageId: string; readonly body: string };

export async function handler(event: { Records: readonly Record[] }): Promise<object> {
  const failures: { itemIdentifier: string }[] = [];
  for (const record of event.Records) {
    const order = JSON.parse(record.body);
    if (order.broken === true) {
      failures.push({ itemIdentifier: record.messageId });
      continue;
    }
    await dynamo.send(
      new PutItemCommand({
        TableName: table,
        Item: {
          pk: { S: `order#${order.id}` },
          sk: { S: new Date().toISOString() },
          mail: { S: order.mail },
          total: { N: String(order.total) },
          ...(order.expires === undefined ? {} : { expires: { N: String(order.expires) } }),
        },
      }),
    );
    await events.send(
      new PutEventsCommand({
        Entries: [
          { EventBusName: bus, Source: "shop", DetailType: "order.kept", Detail: JSON.stringify(order) },
        ],
      }),
    );
  }
  return { batchItemFailures: failures };
}
