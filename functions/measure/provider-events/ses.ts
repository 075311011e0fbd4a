import type { ProviderReport } from "#domain/outcome/provider-report.ts";
import type { SesEvent } from "./schema.ts";

type Fact = ProviderReport["fact"];

const addressesOf = (recipients: readonly { readonly emailAddress: string }[]): string[] =>
  recipients.map(({ emailAddress }) => emailAddress.trim().toLowerCase());

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
        ? { fact: { kind: "unsubscribed" }, at: event.subscription.timestamp }
        : null;
  }
};

/** Null for mail that carries no tag of ours: others in the account send too. */
export function readSesEvent(event: SesEvent): ProviderReport | null {
  const messageId = event.mail.tags?.messageId?.[0];
  const read = factOf(event);
  if (messageId === undefined || read === null) return null;
  return {
    messageId,
    providerMessageId: event.mail.messageId,
    at: new Date(read.at).toISOString(),
    fact: read.fact,
  };
}
