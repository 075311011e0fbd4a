import { describe, expect, it } from "vitest";
import type { Inbound } from "#infra/local/door/provider-local.ts";
import { bringInMail } from "#providers/ses/local/receipt.ts";
import { doorTo } from "../../support/hub/local-door.ts";

const RULE = { Actions: [{ S3Action: { BucketName: "originals", ObjectKeyPrefix: "mail/" } }] };
const bring = async (inbound: Partial<Inbound>) => {
  const { door, put } = doorTo({ "AWS::SES::ReceiptRule": { properties: { Rule: RULE } } });
  const whole = {
    channel: "email",
    providerMessageId: "in-1",
    from: "ada@example.com",
    text: "Yes",
    ...inbound,
  };
  await bringInMail(door, whole);
  return { place: put[0]?.place, mail: put[0]?.body.toString() ?? "" };
};

describe("a mail that a customer writes", () => {
  it("is kept whole in the bucket that the receipt rule names, as an answer to what it answers", async () => {
    const { place, mail } = await bring({
      to: "reply+t@reply.example.com",
      subject: "Re: offer",
      inReplyTo: "0100abc",
    });
    expect(place).toMatch(/^originals\/mail\/[0-9a-f]{40}$/);
    expect(mail).toMatch(/^To: reply\+t@reply.example.com\r$/m);
    expect(mail).toMatch(/^In-Reply-To: <0100abc@email.amazonses.com>\r$/m);
    expect(mail).toContain("\r\n\r\nYes");
  });

  it("cannot bring in headers of its own", async () => {
    expect((await bring({ subject: "a\r\nBcc: eve@example.com" })).mail).not.toMatch(/^Bcc:/m);
  });

  it("is kept byte for byte where it is given as a whole", async () => {
    expect((await bring({ rawBytes: Buffer.from("From: x@y.example\n\nHi\xff", "latin1") })).mail).toBe(
      Buffer.from("From: x@y.example\n\nHi\xff", "latin1").toString(),
    );
  });
});
