import { describe, expect, it } from "vitest";
import type { Inbound } from "#infra/local/door/provider-local.ts";
import { bringInMail } from "#providers/ses/local/receipt.ts";
import { doorTo } from "../../support/hub/local-door.ts";

const bring = (inbound: Omit<Inbound, "channel" | "providerMessageId">) => {
  const { door, published } = doorTo({
    "AWS::SES::ReceiptRule": {
      properties: {
        Rule: { Recipients: ["reply.example.com"], Actions: [{ SNSAction: { TopicArn: "arn:mail" } }] },
      },
    },
  });
  bringInMail(door, { channel: "email", providerMessageId: "in-1", ...inbound });
  return published[0];
};

describe("a mail that a customer writes", () => {
  it("has the shape of a receipt with its content", () => {
    const received = bring({
      from: "ada@example.com",
      to: "reply+t@reply.example.com",
      text: "Yes\n",
      subject: "Re: offer",
      inReplyTo: "0100abc",
    });
    expect(received).toMatchObject({
      topicArn: "arn:mail",
      message: {
        notificationType: "Received",
        mail: { source: "ada@example.com", destination: ["reply+t@reply.example.com"] },
      },
    });
    expect(received?.message.content).toContain("In-Reply-To: <0100abc@email.amazonses.com>");
    expect(received?.message.content).toContain("\r\n\r\nYes");
  });

  it("cannot bring in headers of its own", () => {
    const received = bring({ from: "ada@example.com", text: "x", subject: "a\r\nBcc: eve@example.com" });
    expect(received?.message.content).not.toMatch(/^Bcc:/m);
  });
});
