import { randomBytes, randomUUID } from "node:crypto";
import type { ProviderSettings } from "../assembly/providers.ts";
import type { JsonObject } from "../aws/json.ts";
import type { Topics } from "../sns/topics.ts";
import type { FeedbackResult } from "./feedback.ts";

export type Inbound = {
  readonly channel: string;
  readonly from: string;
  readonly to?: string | undefined;
  readonly text: string;
  readonly subject?: string | undefined;
  /** The provider's message id that this answers. */
  readonly inReplyTo?: string | undefined;
};
type Around = { readonly providers: ProviderSettings; readonly topics: Topics; readonly now: () => number };

/** Brings in a customer's message in the provider's own shape, along the way that the templates wire. */
export function bringIn(around: Around, inbound: Inbound): FeedbackResult {
  switch (inbound.channel) {
    case "sms":
      return bringInText(around, inbound);
    case "email":
      return bringInMail(around, inbound);
    case "whatsapp":
      return bringInWhatsApp(around, inbound);
    default:
      return notWired(`the channel ${inbound.channel} brings in nothing`);
  }
}

const notWired = (message: string): FeedbackResult => ({ ok: false, status: 501, message });

function publish(around: Around, topicArn: string, body: JsonObject, subject?: string): FeedbackResult {
  around.topics.publish(topicArn, {
    message: JSON.stringify(body),
    ...(subject === undefined ? {} : { subject }),
  });
  return { ok: true, deliveredTo: [topicArn] };
}

/** "Two-way SMS messaging", End User Messaging user guide. */
function bringInText(around: Around, inbound: Inbound): FeedbackResult {
  const numbers = around.providers.phoneNumbers;
  const number =
    numbers.find((one) => one.number === inbound.to) ?? (inbound.to === undefined ? numbers[0] : undefined);
  if (number === undefined)
    return notWired("no phone number in the templates has two-way messages to a topic");
  return publish(around, number.topicArn, {
    originationNumber: inbound.from,
    destinationNumber: number.number,
    messageKeyword: "keyword_local",
    messageBody: inbound.text,
    inboundMessageId: randomUUID(),
    ...(inbound.inReplyTo === undefined ? {} : { previousPublishedMessageId: inbound.inReplyTo }),
  });
}

/** "Contents of notifications for Amazon SES email receiving": the SNS action carries the mail itself. */
function bringInMail(around: Around, inbound: Inbound): FeedbackResult {
  const [first] = around.providers.receiptTopics;
  const rule =
    around.providers.receiptTopics.find((one) => accepts(one.recipients, inbound.to)) ??
    (inbound.to === undefined ? first : undefined);
  if (rule === undefined) return notWired("no receipt rule in the templates publishes this mail to a topic");
  const to = inbound.to ?? rule.recipients[0] ?? "inbox@example.com";
  const at = new Date(around.now()).toISOString();
  const messageId = `${randomBytes(12).toString("hex")}@mail.example.com`;
  const headers: readonly (readonly [string, string])[] = [
    ["From", inbound.from],
    ["To", to],
    ["Subject", inbound.subject ?? ""],
    ["Message-ID", `<${messageId}>`],
    ["Date", new Date(around.now()).toUTCString()],
    ...(inbound.inReplyTo === undefined ? [] : replyHeaders(inbound.inReplyTo)),
    ["Content-Type", "text/plain; charset=utf-8"],
  ];
  const verdict = { status: "PASS" };
  const body: JsonObject = {
    notificationType: "Received",
    mail: {
      timestamp: at,
      source: inbound.from,
      messageId: randomBytes(20).toString("hex"),
      destination: [to],
      headersTruncated: false,
      headers: headers.map(([name, value]) => ({ name, value })),
      commonHeaders: {
        returnPath: inbound.from,
        from: [inbound.from],
        to: [to],
        date: at,
        messageId: `<${messageId}>`,
        subject: inbound.subject ?? "",
      },
    },
    receipt: {
      timestamp: at,
      processingTimeMillis: 100,
      recipients: [to],
      spamVerdict: verdict,
      virusVerdict: verdict,
      spfVerdict: verdict,
      dkimVerdict: verdict,
      dmarcVerdict: verdict,
      action: { type: "SNS", topicArn: rule.topicArn, encoding: "UTF-8" },
    },
    content: `${headers.map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, " ")}`).join("\r\n")}\r\n\r\n${inbound.text}\r\n`,
  };
  return publish(around, rule.topicArn, body, "Amazon SES Email Receipt Notification");
}

const accepts = (recipients: readonly string[], to: string | undefined): boolean =>
  to !== undefined &&
  (recipients.length === 0 ||
    recipients.some((one) => to === one || to.endsWith(`@${one.replace(/^\./, "")}`)));

function replyHeaders(inReplyTo: string): readonly (readonly [string, string])[] {
  const id = inReplyTo.includes("@") ? inReplyTo : `<${inReplyTo}@email.amazonses.com>`;
  return [
    ["In-Reply-To", id],
    ["References", id],
  ];
}

/** "Understanding the WhatsApp message and event format", End User Messaging Social: Meta's entry as a string. */
function bringInWhatsApp(around: Around, inbound: Inbound): FeedbackResult {
  const [topicArn] = around.providers.whatsappTopics;
  if (topicArn === undefined)
    return notWired("no topic in the templates carries the metadata rapport:inbound = whatsapp");
  const at = Math.floor(around.now() / 1000);
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
  return publish(around, topicArn, {
    context: {
      MetaWabaIds: [{ wabaId: "local-waba" }],
      MetaPhoneNumberIds: [{ metaPhoneNumberId: "local-phone" }],
    },
    whatsAppWebhookEntry: JSON.stringify(entry),
    aws_account_id: "000000000000",
    message_timestamp: new Date(around.now()).toISOString(),
    messageId: randomUUID(),
  });
}
