import { randomBytes, randomUUID } from "node:crypto";
import { parseObject, textAt } from "#infra/local/aws/json.ts";
import { type Delivery, type Inbound, type LocalDoor, notWired } from "#infra/local/door/provider-local.ts";
import type { JsonObject } from "#kernel/json.ts";

/** The number of ours that texts go to where nobody says which. */
const OUR_NUMBER = "+12065550100";

/** "Two-way SMS message payload", End User Messaging user guide. */
export function bringInText(door: LocalDoor, inbound: Inbound): Delivery {
  const { raw, from, to = OUR_NUMBER, text, inReplyTo, providerMessageId } = inbound;
  const delivered = door.receive(
    raw ??
      JSON.stringify({
        originationNumber: from,
        destinationNumber: to,
        messageKeyword: "keyword_local",
        messageBody: text,
        inboundMessageId: providerMessageId,
        ...(inReplyTo === undefined ? {} : { previousPublishedMessageId: inReplyTo }),
      }),
  );
  const told = parseObject(raw ?? "") ?? {};
  const id = textAt(told, "inboundMessageId") ?? providerMessageId;
  return delivered.ok ? { ...delivered, providerMessageId: id } : delivered;
}

/**
 * "Understanding the WhatsApp message and event format", End User Messaging Social: Meta's entry as a string. As no
 * CloudFormation type exists, the topic carries the metadata `rapport:inbound: whatsapp`.
 */
export function bringInWhatsApp(door: LocalDoor, inbound: Inbound): Delivery {
  const [topicArn] = door
    .resources("AWS::SNS::Topic")
    .filter(({ metadata }) => metadata["rapport:inbound"] === "whatsapp")
    .map(({ identity }) => identity.ref);
  if (topicArn === undefined)
    return notWired("no topic in the templates carries the metadata rapport:inbound = whatsapp");
  const at = Math.floor(door.now() / 1000);
  const waId = inbound.from.replace(/^\+/, "");
  const entry = {
    id: "local-waba",
    changes: [
      {
        field: "messages",
        value: {
          messaging_product: "whatsapp",
          metadata: {
            display_phone_number: (inbound.to ?? "+12065550100").replace(/^\+/, ""),
            phone_number_id: "local-phone",
          },
          contacts: [{ profile: { name: "" }, wa_id: waId }],
          messages: [
            {
              from: waId,
              id: `wamid.${randomBytes(24).toString("base64url")}`,
              timestamp: String(at),
              type: "text",
              text: { body: inbound.text },
              ...(inbound.inReplyTo === undefined ? {} : { context: { id: inbound.inReplyTo } }),
            },
          ],
        },
      },
    ],
  };
  return publish(door, topicArn, {
    context: {
      MetaWabaIds: [{ wabaId: "local-waba" }],
      MetaPhoneNumberIds: [{ metaPhoneNumberId: "local-phone" }],
    },
    whatsAppWebhookEntry: JSON.stringify(entry),
    aws_account_id: "000000000000",
    message_timestamp: new Date(door.now()).toISOString(),
    messageId: randomUUID(),
  });
}

function publish(door: LocalDoor, topicArn: string, body: JsonObject): Delivery {
  door.publish(topicArn, { message: JSON.stringify(body) });
  return { ok: true, deliveredTo: [topicArn] };
}
