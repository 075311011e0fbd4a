import { DeleteItemCommand, DynamoDBClient, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { environment } from "./environment.ts";

const dynamo = new DynamoDBClient({});
const table = environment("ORDERS");

type Record = { readonly messageId: string; readonly body: string };

/** Keeps every provider event; at the minute's tick, takes the due work off and notes when that was. */
export async function handler(event: { Records: readonly Record[] }): Promise<void> {
  for (const record of event.Records) {
    const body = JSON.parse(record.body);
    if (body.schedule === "minute") await runDue();
    else await note("event", `${body.eventType}#${body.mail?.messageId}`);
  }
}

async function runDue(): Promise<void> {
  const now = new Date().toISOString();
  const due = await dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: "pk = :due AND sk <= :now",
      ExpressionAttributeValues: { ":due": { S: "due" }, ":now": { S: now } },
    }),
  );
  await note("tick", now);
  for (const item of due.Items ?? []) {
    await dynamo.send(
      new DeleteItemCommand({ TableName: table, Key: { pk: { S: "due" }, sk: item.sk ?? { S: "" } } }),
    );
    await note("done", `${item.sk?.S} at ${now}`);
  }
}

async function note(kind: string, text: string): Promise<void> {
  await dynamo.send(new PutItemCommand({ TableName: table, Item: { pk: { S: kind }, sk: { S: text } } }));
}
