import { describe, expect, it } from "vitest";
import type { ProviderSettings } from "#infra/local/assembly/providers.ts";
import { type JsonObject, parseObject } from "#infra/local/aws/json.ts";
import { bringIn, type Inbound } from "#infra/local/providers/inbound.ts";

const none = { sets: new Set<string>(), destinations: [] };
const wired: ProviderSettings = {
  ses: none,
  sms: none,
  pushApplications: new Set(),
  phoneNumbers: [{ number: "+12065550100", topicArn: "arn:sms" }],
  receiptTopics: [{ recipients: ["reply.example.com"], topicArn: "arn:mail" }],
  whatsappTopics: ["arn:whatsapp"],
};
const bring = (inbound: Inbound): { topic: string; message: JsonObject } => {
  let seen = { topic: "", message: "" };
  const topics = {
    publish: (topic: string, notification: { readonly message: string }): string => {
      seen = { topic, message: notification.message };
      return "id";
    },
  };
  bringIn({ providers: wired, topics, now: () => Date.parse("2027-01-01T00:00:00Z") }, inbound);
  return { topic: seen.topic, message: parseObject(seen.message) ?? {} };
};

describe("an inbound message", () => {
  it("by SMS has the shape of two-way messages", () => {
    const { topic, message } = bring({ channel: "sms", from: "+12065550199", text: "STOP", inReplyTo: "m1" });
    expect(topic).toBe("arn:sms");
    expect(message).toMatchObject({
      originationNumber: "+12065550199",
      destinationNumber: "+12065550100",
      messageBody: "STOP",
      previousPublishedMessageId: "m1",
    });
  });

  it("by mail has the shape of a receipt with its content", () => {
    const { topic, message } = bring({
      channel: "email",
      from: "ada@example.com",
      to: "reply+t@reply.example.com",
      text: "Yes\n",
      subject: "Re: offer",
      inReplyTo: "0100abc",
    });
    expect(topic).toBe("arn:mail");
    expect(message).toMatchObject({
      notificationType: "Received",
      mail: { source: "ada@example.com", destination: ["reply+t@reply.example.com"] },
    });
    expect(message.content).toContain("In-Reply-To: <0100abc@email.amazonses.com>");
    expect(message.content).toContain("\r\n\r\nYes");
  });

  it("by mail cannot bring in headers of its own", () => {
    const { message } = bring({
      channel: "email",
      from: "ada@example.com",
      text: "x",
      subject: "a\r\nBcc: eve@example.com",
    });
    expect(message.content).not.toMatch(/^Bcc:/m);
  });

  it("by WhatsApp carries Meta's entry as text, the number without its plus", () => {
    const { topic, message } = bring({ channel: "whatsapp", from: "+12065550199", text: "hello" });
    expect(topic).toBe("arn:whatsapp");
    const entry = parseObject(String(message.whatsAppWebhookEntry));
    expect(entry).toMatchObject({
      changes: [{ value: { messages: [{ from: "12065550199", text: { body: "hello" } }] } }],
    });
  });
});
