import { randomBytes } from "node:crypto";
import { objectAt, objectsAt, stringsAt, textAt } from "#infra/local/aws/json.ts";
import { type Delivery, type Inbound, type LocalDoor, notWired } from "#infra/local/door/provider-local.ts";
import type { JsonObject } from "#kernel/json.ts";

/** "Contents of notifications for Amazon SES email receiving": the SNS action carries the mail itself. */
export function bringInMail(door: LocalDoor, inbound: Inbound): Delivery {
  const rules = receiptRules(door);
  const rule =
    rules.find((one) => accepts(one.recipients, inbound.to)) ??
    (inbound.to === undefined ? rules[0] : undefined);
  if (rule === undefined) return notWired("no receipt rule in the templates publishes this mail to a topic");
  const to = inbound.to ?? rule.recipients[0] ?? "inbox@example.com";
  const at = new Date(door.now()).toISOString();
  const messageId = `${randomBytes(12).toString("hex")}@mail.example.com`;
  const headers: readonly (readonly [string, string])[] = [
    ["From", inbound.from],
    ["To", to],
    ["Subject", inbound.subject ?? ""],
    ["Message-ID", `<${messageId}>`],
    ["Date", new Date(door.now()).toUTCString()],
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
  door.publish(rule.topicArn, {
    message: JSON.stringify(body),
    subject: "Amazon SES Email Receipt Notification",
  });
  return { ok: true, deliveredTo: [rule.topicArn] };
}

/** Topics that inbound mail is published to. */
const receiptRules = (
  door: LocalDoor,
): readonly { readonly recipients: readonly string[]; readonly topicArn: string }[] =>
  door.resources("AWS::SES::ReceiptRule").flatMap(({ properties }) => {
    const rule = objectAt(properties, "Rule");
    return objectsAt(rule, "Actions")
      .map((action) => textAt(objectAt(action, "SNSAction"), "TopicArn"))
      .filter((topic) => topic !== undefined)
      .map((topicArn) => ({ recipients: stringsAt(rule, "Recipients"), topicArn }));
  });

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
