import { describe, expect, it } from "vitest";
import { replyToken } from "#domain/message/reply-token.ts";
import { readMail } from "#functions/receive/email/mail.ts";
import { receivedMail } from "#functions/receive/email/received-mail.ts";
import { hashId } from "#kernel/hash.ts";

const NOW = Date.parse("2027-01-10T12:00:00Z");
const KEYS = ["key"];
const ID = hashId("msg", "dec_1", "1");
const read = async (headers: string, body = "Hi") =>
  receivedMail(await readMail(Buffer.from(`${headers}\r\n\r\n${body}`)), {
    keys: KEYS,
    isOurs: (address) => address.endsWith("@shop.example"),
    now: NOW,
  });

describe("a mail that came in", () => {
  it.each(["From: ", "From: nobody", "From: undisclosed-recipients:;", "X: y"])(
    "is nobody's by %s",
    async (from) => {
      expect(await read(`${from}\r\nTo: help@shop.example`)).toBeNull();
    },
  );

  it.each([
    ["Sun, 10 Jan 2027 11:00:00 +0000", "2027-01-10T11:00:00.000Z"],
    ["Thu, 01 Jan 1970 00:00:00 +0000", undefined],
    ["yesterday", undefined],
  ])("was written at %s only where that can be", async (date, at) => {
    const message = await read(`From: kim@example.com\r\nDate: ${date}`);
    expect(message?.at === undefined ? undefined : new Date(message.at).toISOString()).toBe(at);
  });

  it("answers what a signed address names, wherever a server noted it; else the newest id of ours, else the carrier's", async () => {
    const address = `help+${replyToken(KEYS, ID)}@shop.example`;
    const other = hashId("msg", "dec_2", "1");
    const ids = `References: <${ID}@shop.example> <${other}@shop.example>`;
    for (const header of [
      `To: Shop <${address}>`,
      `Delivered-To: ${address}`,
      `Received: by mx for <${address}>; now`,
    ])
      expect(await read(`From: kim@example.com\r\n${header}\r\n${ids}`)).toMatchObject({
        inReplyTo: ID,
        isSigned: true,
      });
    const byHeader = await read(`From: kim@example.com\r\n${ids}`);
    expect(byHeader).toMatchObject({ inReplyTo: other });
    expect(byHeader?.isSigned).toBeUndefined();
    const carrier = "0100019abc-1234abcd-12ab-34cd-56ef-0123456789ab-000000";
    expect(
      await read(`From: kim@example.com\r\nIn-Reply-To: <${carrier}@email.amazonses.com>`),
    ).toMatchObject({
      inReplyTo: carrier,
    });
  });

  it("is known by its own id together with whose it is, so that nobody takes another's place", async () => {
    const id = (from: string, more = "Message-ID: <1@mua>") => read(`From: ${from}\r\n${more}`);
    const one = await id("kim@example.com");
    expect((await id("Kim Doe <KIM@example.com>"))?.providerMessageId).toBe(one?.providerMessageId);
    expect((await id("eve@example.com"))?.providerMessageId).not.toBe(one?.providerMessageId);
    expect((await id("kim@example.com", "X: 1"))?.providerMessageId).not.toBe(one?.providerMessageId);
  });
});
