import { beforeEach, describe, expect, it } from "vitest";
import { memoryMessageStore } from "#adapters/memory/message-store.ts";
import { memorySuppressionStore } from "#adapters/memory/suppression-store.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { Message } from "#domain/records/message.ts";
import type { Consent } from "#domain/records/permission.ts";
import { readNotification, readProviderEvent } from "#functions/measure/provider-events/read-event.ts";
import { RapportError } from "#kernel/errors.ts";
import { system } from "#runtime/system.ts";
import { recordReport } from "#usecases/record/record-report.ts";
import { NOW } from "../../support/customers/events.ts";
import { message } from "../../support/sending/message.ts";

const ASKED = message({ status: "sent", depth: 1 });
const AT = "2026-11-21T11:59:30.000Z";

const mail = (tags: object = { messageId: [ASKED.messageId], "ses:caller-identity": ["hub"] }) => ({
  timestamp: "2026-11-21T11:59:00.000Z",
  messageId: "ses-1",
  source: "hello@shop.example",
  destination: ["ada@example.com"],
  headersTruncated: false,
  tags,
});
const ses = (eventType: string, details: object, tags?: object) => ({
  eventType,
  mail: mail(tags),
  ...details,
});
const bounce = (bounceType: string, bounceSubType = "General") =>
  ses("Bounce", {
    bounce: {
      timestamp: AT,
      feedbackId: "f-1",
      bounceType,
      bounceSubType,
      bouncedRecipients: [{ emailAddress: "Ada@Example.com", status: "5.1.1", action: "failed" }],
    },
  });
const sms = (eventType: string, more: object = {}) => ({
  eventType,
  eventVersion: "1.0",
  eventTimestamp: Date.parse(AT),
  isFinal: true,
  originationPhoneNumber: "+15550100",
  destinationPhoneNumber: "+4915112345678",
  messageId: "sms-1",
  messageStatus: eventType.slice(5),
  context: { messageId: ASKED.messageId },
  ...more,
});

let messages: Map<string, Message>;
let suppressions: ReturnType<typeof memorySuppressionStore>;
let told: CollectedEvent[];
let consents: Consent[];
const take = async (body: unknown): Promise<void> => {
  const event = readProviderEvent(body);
  if (event === null || !("report" in event)) return;
  await recordReport(
    {
      messages: memoryMessageStore(messages),
      suppressions,
      customers: {
        putConsent: async (_customerId, entries) => {
          consents.push(...entries);
        },
      },
      inbox: {
        send: async (events) => {
          told.push(...events);
        },
      },
      clock: { now: () => NOW },
      telemetry: system.telemetry,
    },
    event.report,
  );
};
const now = (): Message | undefined => messages.get(ASKED.messageId);
const isSuppressed = async (channel: string, address: string): Promise<boolean> =>
  (await suppressions.find(channel, [address])).has(address);

beforeEach(() => {
  messages = new Map([[ASKED.messageId, ASKED]]);
  suppressions = memorySuppressionStore();
  told = [];
  consents = [];
});

describe("what another system of the account sent", () => {
  const BILLING = { "ses:configuration-set": ["billing"] };
  const foreignIn = (body: unknown) => {
    const event = readProviderEvent(body);
    return event !== null && "foreign" in event ? event.foreign : null;
  };

  it("is known by the mail that carries no tag of ours, once it has left", () => {
    const left = {
      channel: "email",
      providerMessageId: "ses-1",
      at: "2026-11-21T11:59:00.000Z",
      addresses: ["ada@example.com"],
      from: "hello@shop.example",
    };
    expect(foreignIn(ses("Send", { send: {} }, BILLING))).toEqual({ ...left, configurationSet: "billing" });
    expect(foreignIn(ses("Delivery", { delivery: { timestamp: AT } }, {}))).toEqual(left);
    expect(foreignIn(ses("Send", { send: {} }))).toBeNull();
    expect(foreignIn({ ...bounce("Permanent"), mail: mail(BILLING) })).toBeNull();
  });

  it("is known by the text that carries no context of ours, once it is on its way", () => {
    expect(foreignIn(sms("TEXT_SENT", { context: undefined }))).toEqual({
      channel: "sms",
      providerMessageId: "sms-1",
      at: AT,
      addresses: ["+4915112345678"],
      from: "+15550100",
    });
    expect(foreignIn(sms("TEXT_INVALID", { context: {} }))).toBeNull();
    expect(foreignIn(sms("TEXT_SENT"))).toBeNull();
  });
});

describe("what a topic brings", () => {
  const GREETING = "Successfully validated SNS topic for Amazon SES event publishing.";

  it("may be the words by which SES tries a new topic: they say nothing of a message", () => {
    expect(readProviderEvent(readNotification(GREETING))).toBeNull();
    expect(
      readProviderEvent(readNotification(JSON.stringify({ Type: "Notification", Message: GREETING }))),
    ).toBeNull();
  });

  it("is refused where it is neither JSON nor such words", () => {
    expect(() => readNotification("Hello")).toThrow("not valid JSON");
    expect(() => readProviderEvent({ Type: "Notification", Message: "Hello" })).toThrow("not valid JSON");
  });
});

describe("SES events", () => {
  it("deliver the message and tell the profile, deeper than the message", async () => {
    await take(ses("Delivery", { delivery: { timestamp: AT, recipients: ["ada@example.com"] } }));
    expect(now()).toMatchObject({ status: "delivered", providerMessageId: "ses-1" });
    expect(told).toMatchObject([
      {
        type: "outcome",
        name: "message.delivered",
        customerId: ASKED.customerId,
        at: AT,
        depth: 2,
        properties: { messageId: ASKED.messageId, outcome: "delivered", action: "welcome", channel: "email" },
      },
    ]);
  });

  it("settle an uncertain message", async () => {
    messages.set(ASKED.messageId, { ...ASKED, status: "uncertain" });
    await take(ses("Delivery", { delivery: { timestamp: AT } }));
    expect(now()?.status).toBe("delivered");
    messages.set(ASKED.messageId, { ...ASKED, status: "uncertain" });
    await take(ses("Send", { send: {} }));
    expect(now()?.status).toBe("sent");
  });

  it("suppress the address of a hard bounce, in its normal spelling", async () => {
    await take(bounce("Permanent"));
    expect(now()).toMatchObject({
      status: "failed",
      history: [{}, { reason: "bounced: Permanent/General" }],
    });
    expect(await isSuppressed("email", "ada@example.com")).toBe(true);
    expect(told[0]).toMatchObject({
      name: "message.bounced",
      properties: { address: "ada@example.com", bounceType: "Permanent" },
    });
  });

  it.each(["Transient", "Undetermined"])("do not suppress for a %s bounce", async (type) => {
    await take(bounce(type, "MailboxFull"));
    expect(now()?.status).toBe("failed");
    expect(await isSuppressed("email", "ada@example.com")).toBe(false);
    expect(told[0]?.properties?.bounceType).toBe("Transient");
  });

  it("suppress whoever complained, and leave the message delivered", async () => {
    messages.set(ASKED.messageId, { ...ASKED, status: "delivered" });
    const complaint = {
      timestamp: AT,
      complainedRecipients: [{ emailAddress: "ada@example.com" }],
      complaintFeedbackType: "abuse",
    };
    await take(ses("Complaint", { complaint }));
    expect(now()?.status).toBe("delivered");
    expect(await isSuppressed("email", "ada@example.com")).toBe(true);
    expect(told[0]?.name).toBe("message.complained");
  });

  it("take it as no complaint when somebody rescued the mail from the spam folder", async () => {
    const complaint = {
      timestamp: AT,
      complainedRecipients: [{ emailAddress: "ada@example.com" }],
      complaintFeedbackType: "not-spam",
    };
    await take(ses("Complaint", { complaint }));
    expect(await isSuppressed("email", "ada@example.com")).toBe(false);
  });

  it("tell openings and clicks, and mark those of machines", async () => {
    await take(ses("Open", { open: { timestamp: AT, userAgent: "Mozilla/5.0", ipAddress: "1.2.3.4" } }));
    await take(
      ses("Click", {
        click: { timestamp: AT, link: "https://shop.example/x", userAgent: "Mozilla/5.0 (X11) Firefox/140" },
      }),
    );
    expect(told).toMatchObject([
      { name: "message.opened", properties: { machine: true } },
      { name: "message.clicked", properties: { machine: false, url: "https://shop.example/x" } },
    ]);
    expect(now()?.status).toBe("sent");
  });

  it.each([
    ses("Reject", { reject: { reason: "Bad content" } }),
    { eventType: "Rendering Failure", mail: mail(), failure: { errorMessage: "x", templateName: "y" } },
  ])("end the message when SES refuses it (%#)", async (event) => {
    await take(event);
    expect(now()?.status).toBe("failed");
    expect(told[0]?.name).toBe("message.failed");
  });

  it("change nothing while delivery is delayed", async () => {
    await take(ses("DeliveryDelay", { deliveryDelay: { timestamp: AT, delayType: "MailboxFull" } }));
    expect(now()).toEqual(ASKED);
    expect(told).toEqual([]);
  });

  it("withdraw consent when somebody used SES's own subscription page", async () => {
    const subscription = { timestamp: AT, newTopicPreferences: { unsubscribeAll: true } };
    await take(ses("Subscription", { subscription }));
    expect(consents).toMatchObject([{ channel: "email", topic: "marketing", status: "withdrawn", at: AT }]);
    expect(told[0]?.name).toBe("unsubscribed");
    const facts = await suppressions.find("email", ["ada@example.com"]);
    expect(facts.get("ada@example.com")?.said).toEqual([{ topic: "marketing", status: "withdrawn", at: AT }]);
  });

  it("are the same event when they come twice, by whatever way", async () => {
    const event = bounce("Permanent");
    await take(event);
    await take({ Type: "Notification", MessageId: "n-1", Message: JSON.stringify(event) });
    await take({ version: "0", source: "aws.ses", "detail-type": "Email Bounced", detail: event });
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    expect(now()?.history).toHaveLength(2);
  });

  it("do not concern us for others' mail, nor once the message is erased", async () => {
    await take(ses("Delivery", { delivery: { timestamp: AT } }, {}));
    await take(ses("Delivery", { delivery: { timestamp: AT } }, { messageId: ["msg_gone"] }));
    expect(now()).toEqual(ASKED);
    expect(told).toEqual([]);
  });
});

describe("SMS events", () => {
  beforeEach(() => {
    messages.set(ASKED.messageId, { ...ASKED, channel: "sms" });
  });

  it.each([
    ["TEXT_DELIVERED", "delivered"],
    ["TEXT_UNREACHABLE", "failed"],
    ["TEXT_CARRIER_BLOCKED", "failed"],
    ["TEXT_TTL_EXPIRED", "failed"],
    ["TEXT_PROTECT_BLOCKED", "failed"],
    ["TEXT_SUCCESSFUL", "sent"],
    ["TEXT_QUEUED", "sent"],
    ["TEXT_SOMETHING_NEW", "sent"],
  ])("of %s leave the message %s", async (eventType, status) => {
    await take(sms(eventType));
    expect(now()?.status).toBe(status);
  });

  it("suppress a number that cannot be", async () => {
    await take(sms("TEXT_INVALID"));
    expect(await isSuppressed("sms", "+4915112345678")).toBe(true);
    expect(now()?.status).toBe("failed");
  });

  it("wait for the final word", async () => {
    await take(sms("TEXT_UNREACHABLE", { isFinal: false }));
    expect(now()?.status).toBe("sent");
    await take({
      source: "aws.sms-voice",
      "detail-type": "Text Message Delivery Status Updated",
      detail: sms("TEXT_DELIVERED"),
    });
    expect(now()?.status).toBe("delivered");
  });

  it("do not concern us without our context", async () => {
    await take(sms("TEXT_DELIVERED", { context: {} }));
    expect(told).toEqual([]);
  });
});

describe("what is no provider event", () => {
  it("is poison when it came by the topic, and nothing when it came by the account's bus", () => {
    for (const body of [
      null,
      7,
      "x",
      {},
      { eventType: "Delivery" },
      { Type: "Notification", Message: "no json" },
    ]) {
      expect(() => readProviderEvent(body)).toThrow(RapportError);
    }
    expect(readProviderEvent({ "detail-type": "SES Account Status", detail: { status: "x" } })).toBeNull();
  });
});
