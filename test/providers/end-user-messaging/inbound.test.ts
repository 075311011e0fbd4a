import { describe, expect, it } from "vitest";
import { bringInText } from "#providers/end-user-messaging/local/inbound.ts";
import { doorTo } from "../../support/hub/local-door.ts";

describe("a text that a customer writes", () => {
  it("has the shape of two-way messages", () => {
    const { door, published } = doorTo({});
    const text = { channel: "sms", from: "+12065550199", text: "STOP", inReplyTo: "m1" };
    expect(bringInText(door, { ...text, providerMessageId: "in-1" })).toMatchObject({
      ok: true,
      providerMessageId: "in-1",
    });
    expect(published).toMatchObject([
      {
        topicArn: "topics/inbound",
        message: {
          originationNumber: "+12065550199",
          destinationNumber: "+12065550100",
          messageBody: "STOP",
          inboundMessageId: "in-1",
          previousPublishedMessageId: "m1",
        },
      },
    ]);
  });
});
