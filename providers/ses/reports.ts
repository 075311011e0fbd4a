import * as z from "zod/mini";
import type { ProviderReport } from "#channels/definition/report.ts";
import type { ProviderReports } from "#ports/provider.ts";

/**
 * Its events in as much detail as we use: "Contents of event data" of the Amazon SES Developer Guide, the same by SNS and by
 * EventBridge (in `detail`).
 */
const Recipients = z.array(z.object({ emailAddress: z.string() }));

const Mail = z.object({
  messageId: z.string(),
  source: z.optional(z.string()),
  timestamp: z.string(),
  destination: z.optional(z.array(z.string())),
  tags: z.optional(z.record(z.string(), z.array(z.string()))),
});

const SesEvent = z.discriminatedUnion("eventType", [
  z.object({ eventType: z.literal("Send"), mail: Mail }),
  z.object({
    eventType: z.literal("Delivery"),
    mail: Mail,
    delivery: z.object({ timestamp: z.string() }),
  }),
  z.object({
    eventType: z.literal("Bounce"),
    mail: Mail,
    bounce: z.object({
      timestamp: z.string(),
      bounceType: z.enum(["Permanent", "Transient", "Undetermined"]),
      bounceSubType: z.optional(z.string()),
      bouncedRecipients: Recipients,
    }),
  }),
  z.object({
    eventType: z.literal("Complaint"),
    mail: Mail,
    complaint: z.object({
      timestamp: z.string(),
      complaintFeedbackType: z.optional(z.nullable(z.string())),
      complainedRecipients: Recipients,
    }),
  }),
  z.object({
    eventType: z.literal("Open"),
    mail: Mail,
    open: z.object({ timestamp: z.string(), userAgent: z.optional(z.string()) }),
  }),
  z.object({
    eventType: z.literal("Click"),
    mail: Mail,
    click: z.object({ timestamp: z.string(), link: z.string(), userAgent: z.optional(z.string()) }),
  }),
  z.object({
    eventType: z.literal("Reject"),
    mail: Mail,
    reject: z.object({ reason: z.optional(z.string()) }),
  }),
  z.object({ eventType: z.literal("Rendering Failure"), mail: Mail }),
  z.object({
    eventType: z.literal("DeliveryDelay"),
    mail: Mail,
    deliveryDelay: z.object({ timestamp: z.string(), delayType: z.optional(z.string()) }),
  }),
  z.object({
    eventType: z.literal("Subscription"),
    mail: Mail,
    subscription: z.object({
      timestamp: z.string(),
      newTopicPreferences: z.optional(z.object({ unsubscribeAll: z.optional(z.boolean()) })),
    }),
  }),
]);
type SesEvent = z.infer<typeof SesEvent>;

type Fact = ProviderReport["fact"];

/** `Ada <ada@example.com>` -> `ada@example.com`. */
const bare = (address: string): string => /<([^<>]+)>\s*$/.exec(address)?.[1] ?? address;
const spelled = (address: string): string => address.trim().toLowerCase();
const addressesOf = (recipients: readonly { readonly emailAddress: string }[]): string[] =>
  recipients.map(({ emailAddress }) => spelled(emailAddress));

/** The fact and its time; null where the event says nothing about the message. */
const factOf = (event: SesEvent): { readonly fact: Fact; readonly at: string } | null => {
  switch (event.eventType) {
    case "Send":
      return { fact: { kind: "sent" }, at: event.mail.timestamp };
    case "Delivery":
      return { fact: { kind: "delivered" }, at: event.delivery.timestamp };
    case "Bounce": {
      const { bounceType, bounceSubType, bouncedRecipients, timestamp } = event.bounce;
      const reason = bounceSubType === undefined ? bounceType : `${bounceType}/${bounceSubType}`;
      const addresses = addressesOf(bouncedRecipients);
      return {
        fact: { kind: "bounced", permanent: bounceType === "Permanent", reason, addresses },
        at: timestamp,
      };
    }
    case "Complaint": {
      const { complaintFeedbackType, complainedRecipients, timestamp } = event.complaint;
      // The person moved it out of the spam folder (RFC 5965, "not-spam").
      if (complaintFeedbackType === "not-spam") return null;
      return { fact: { kind: "complained", addresses: addressesOf(complainedRecipients) }, at: timestamp };
    }
    case "Open":
      return {
        fact: { kind: "opened", userAgent: event.open.userAgent ?? "" },
        at: event.open.timestamp,
      };
    case "Click": {
      const { link, userAgent, timestamp } = event.click;
      return { fact: { kind: "clicked", url: link, userAgent: userAgent ?? "" }, at: timestamp };
    }
    case "Reject":
      return { fact: { kind: "failed", reason: "rejected by SES" }, at: event.mail.timestamp };
    case "Rendering Failure":
      return { fact: { kind: "failed", reason: "rendering failure at SES" }, at: event.mail.timestamp };
    case "DeliveryDelay":
      return { fact: { kind: "delayed" }, at: event.deliveryDelay.timestamp };
    case "Subscription":
      return event.subscription.newTopicPreferences?.unsubscribeAll === true
        ? {
            fact: { kind: "unsubscribed", addresses: (event.mail.destination ?? []).map(spelled) },
            at: event.subscription.timestamp,
          }
        : null;
  }
};

/** Once it has left, whichever of the two the configuration set tells of. */
const LEFT: readonly string[] = ["Send", "Delivery"];

/** A mail that carries no tag of ours. */
const foreign: ProviderReports["foreign"] = (given) => {
  const { success, data: event } = z.safeParse(SesEvent, given);
  if (!success || !LEFT.includes(event.eventType) || event.mail.tags?.messageId !== undefined) return null;
  const { destination = [], messageId, source = "", tags, timestamp } = event.mail;
  const configurationSet = tags?.["ses:configuration-set"]?.[0];
  return {
    channel: "email",
    providerMessageId: messageId,
    at: new Date(timestamp).toISOString(),
    addresses: destination.map(bare),
    from: bare(source),
    ...(configurationSet === undefined ? {} : { configurationSet }),
  };
};

/** What SES tells of a mail. Null for mail that carries no tag of ours: others in the account send too. */
export const reports: ProviderReports = {
  // Sent once, when the event destination is made ("Set up an Amazon SNS event destination").
  greeting: "Successfully validated SNS topic for Amazon SES event publishing",
  foreign,
  read: (given) => {
    const { success, data: event } = z.safeParse(SesEvent, given);
    if (!success) return undefined;
    const messageId = event.mail.tags?.messageId?.[0];
    const read = factOf(event);
    if (messageId === undefined || read === null) return null;
    return {
      messageId,
      providerMessageId: event.mail.messageId,
      at: new Date(read.at).toISOString(),
      fact: read.fact,
    };
  },
};
