import { describe, expect, it } from "vitest";
import { parseObject } from "#infra/local/aws/json.ts";
import { local } from "#providers/end-user-messaging-social/local.ts";
import { doorTo } from "../../support/hub/local-door.ts";

describe("a WhatsApp message that a customer writes", () => {
  it("carries Meta's entry as text, the number without its plus", () => {
    const { door, published } = doorTo({});
    const written = { channel: "whatsapp", from: "+12065550199", text: "hello", providerMessageId: "in-1" };
    local.play(door).bringIn?.whatsapp?.(written);
    expect(published[0]?.topicArn).toBe("topics/inbound");
    expect(parseObject(String(published[0]?.message.whatsAppWebhookEntry))).toMatchObject({
      changes: [{ value: { messages: [{ from: "12065550199", text: { body: "hello" } }] } }],
    });
  });
});
