import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { environment } from "./environment.ts";

const sqs = new SQSClient({});
const inbox = environment("INBOX");

export async function handler(event: { body?: string; isBase64Encoded: boolean }): Promise<object> {
  const order = JSON.parse(event.body ?? "{}");
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: inbox,
      MessageBody: JSON.stringify(order),
      MessageGroupId: String(order.mail),
      MessageDeduplicationId: String(order.id),
    }),
  );
  return {
    statusCode: 202,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ id: order.id }),
  };
}
