import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { environment } from "./environment.ts";

const ses = new SESv2Client({});

type Record = { readonly messageId: string; readonly body: string };

export async function handler(event: { Records: readonly Record[] }): Promise<object> {
  const failures: { itemIdentifier: string }[] = [];
  for (const record of event.Records) {
    const order = JSON.parse(record.body).detail;
    try {
      await ses.send(
        new SendEmailCommand({
          FromEmailAddress: "Shop <shop@example.com>",
          Destination: { ToAddresses: [order.mail] },
          ConfigurationSetName: environment("SET"),
          EmailTags: [{ Name: "messageId", Value: `order-${order.id}` }],
          Content: {
            Simple: {
              Subject: { Data: `Order ${order.id}` },
              Body: {
                Html: { Data: `<p>Thank you for ${order.total}</p>` },
                Text: { Data: `Thank you for ${order.total}` },
              },
              Headers: [{ Name: "List-Unsubscribe", Value: "<https://example.com/u>" }],
            },
          },
        }),
      );
    } catch {
      failures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures: failures };
}
