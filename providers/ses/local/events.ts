import { randomBytes } from "node:crypto";
import { ACCOUNT, REGION } from "#infra/local/aws/place.ts";
import type { Sent } from "#infra/local/door/provider-local.ts";
import type { JsonObject } from "#kernel/json.ts";

/** What may be told about a mail: our word, SES's names for it, and the details SES gives. */
export type SesEvent = {
  /** `MatchingEventTypes` of a destination. */
  readonly matching: string;
  /** `detail-type` on EventBridge (events reference, "Amazon Simple Email Service events"). */
  readonly detailType: string;
  readonly body: JsonObject;
};
type Describe = (context: {
  readonly recipient: string;
  readonly at: string;
  readonly url: string;
}) => JsonObject;

const feedbackId = (): string => `0100${randomBytes(14).toString("hex")}-000000`;
const AGENT = { ipAddress: "192.0.2.1", userAgent: "Mozilla/5.0 (local cloud)" };

const bounce =
  (type: string, subType: string, status: string, diagnostic: string): Describe =>
  ({ recipient, at }) => ({
    bounceType: type,
    bounceSubType: subType,
    bouncedRecipients: [
      { emailAddress: recipient, action: "failed", status, diagnosticCode: `smtp; ${diagnostic}` },
    ],
    timestamp: at,
    feedbackId: feedbackId(),
    reportingMTA: "dns; mta.example.com",
  });

type Shape = {
  readonly matching: string;
  readonly eventType: string;
  readonly detailType: string;
  readonly key: string;
  readonly describe: Describe;
};

/** Examples of event data that Amazon SES publishes to Amazon SNS (SES developer guide), by our words for them. */
const SHAPES: { readonly [type: string]: Shape } = {
  sent: { matching: "SEND", eventType: "Send", detailType: "Email Sent", key: "send", describe: () => ({}) },
  delivered: {
    matching: "DELIVERY",
    eventType: "Delivery",
    detailType: "Email Delivered",
    key: "delivery",
    describe: ({ recipient, at }) => ({
      timestamp: at,
      processingTimeMillis: 546,
      recipients: [recipient],
      smtpResponse: "250 2.6.0 Message received",
      remoteMtaIp: "192.0.2.25",
      reportingMTA: "mta.example.com",
    }),
  },
  bounced: {
    matching: "BOUNCE",
    eventType: "Bounce",
    detailType: "Email Bounced",
    key: "bounce",
    describe: bounce("Permanent", "General", "5.1.1", "550 5.1.1 user unknown"),
  },
  soft_bounced: {
    matching: "BOUNCE",
    eventType: "Bounce",
    detailType: "Email Bounced",
    key: "bounce",
    describe: bounce("Transient", "MailboxFull", "4.2.2", "452 4.2.2 mailbox full"),
  },
  complained: {
    matching: "COMPLAINT",
    eventType: "Complaint",
    detailType: "Email Complaint Received",
    key: "complaint",
    describe: ({ recipient, at }) => ({
      complainedRecipients: [{ emailAddress: recipient }],
      timestamp: at,
      feedbackId: feedbackId(),
      userAgent: "Local Feedback Loop",
      complaintFeedbackType: "abuse",
      arrivalDate: at,
    }),
  },
  opened: {
    matching: "OPEN",
    eventType: "Open",
    detailType: "Email Opened",
    key: "open",
    describe: ({ at }) => ({ timestamp: at, ...AGENT }),
  },
  clicked: {
    matching: "CLICK",
    eventType: "Click",
    detailType: "Email Clicked",
    key: "click",
    describe: ({ at, url }) => ({ timestamp: at, ...AGENT, link: url, linkTags: null }),
  },
  rejected: {
    matching: "REJECT",
    eventType: "Reject",
    detailType: "Email Rejected",
    key: "reject",
    describe: () => ({ reason: "Bad content" }),
  },
  delayed: {
    matching: "DELIVERY_DELAY",
    eventType: "DeliveryDelay",
    detailType: "Email Delivery Delayed",
    key: "deliveryDelay",
    describe: ({ recipient, at }) => ({
      delayType: "TransientCommunicationFailure",
      delayedRecipients: [
        {
          emailAddress: recipient,
          status: "4.4.1",
          diagnosticCode: "smtp; 421 4.4.1 Unable to connect to remote host",
        },
      ],
      expirationTime: new Date(Date.parse(at) + 14 * 3_600_000).toISOString(),
      timestamp: at,
    }),
  },
  unsubscribed: {
    matching: "SUBSCRIPTION",
    eventType: "Subscription",
    detailType: "Email Subscribed",
    key: "subscription",
    describe: ({ at }) => ({
      contactList: "local",
      timestamp: at,
      source: "UnsubscribeHeader",
      newTopicPreferences: { unsubscribeAll: true, topicSubscriptionStatus: [] },
      oldTopicPreferences: { unsubscribeAll: false, topicSubscriptionStatus: [] },
    }),
  },
};
export const SES_EVENT_TYPES: readonly string[] = Object.keys(SHAPES);

/** @param at when it happened, ISO-8601. @returns null for a word that SES has no event for */
export function sesEvent(sent: Sent, type: string, at: string, url: string): SesEvent | null {
  const shape = SHAPES[type];
  if (shape === undefined) return null;
  const recipient = sent.to.split(", ")[0] ?? "";
  return {
    matching: shape.matching,
    detailType: shape.detailType,
    body: {
      eventType: shape.eventType,
      mail: describeMail(sent),
      [shape.key]: shape.describe({ recipient, at, url }),
    },
  };
}

function describeMail(sent: Sent): JsonObject {
  const headers = { From: sent.from, To: sent.to, Subject: sent.subject ?? "", ...sent.headers };
  const tags = Object.entries(sent.tags ?? {}).map(([name, value]) => [name, [value]]);
  return {
    timestamp: sent.at,
    source: sent.from,
    sourceArn: `arn:aws:ses:${REGION}:${ACCOUNT}:identity/${sent.from.replace(/^.*<|>$/g, "")}`,
    sendingAccountId: ACCOUNT,
    messageId: sent.providerMessageId,
    destination: sent.to.split(", "),
    headersTruncated: false,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    commonHeaders: {
      from: [sent.from],
      to: sent.to.split(", "),
      messageId: sent.providerMessageId,
      subject: sent.subject ?? "",
    },
    tags: {
      "ses:configuration-set": [sent.configurationSet ?? ""],
      "ses:from-domain": [sent.from.replace(/^.*@|>.*$/g, "")],
      "ses:caller-identity": [sent.function ?? "local"],
      ...Object.fromEntries(tags),
    },
  };
}
