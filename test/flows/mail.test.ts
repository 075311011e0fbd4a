import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Hub } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { consentTo, newUserId } from "../support/hub/people.ts";
import { TEST_FILES, testFiles } from "../support/playbook/files.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(
    testFiles({
      "triggers.yaml": `${TEST_FILES["triggers.yaml"] ?? ""}
asked: { on: message.received, if: 'contains(event.text, "open")' }
`,
      "actions/opening-hours.yaml":
        "category: transactional\nplacements: [trigger.asked]\ntreatments: [{ channel: email }]\n",
      "templates/opening-hours/email.html": "---\nsubject: Our hours\n---\n<p>We are open from 9 to 6.</p>\n",
    }),
  );
});

type Known = { readonly ref: string; readonly email: string };
const known = async (): Promise<Known> => {
  const userId = newUserId("mails");
  const email = `${userId}@example.com`;
  await hub.tell("identify", { userId, traits: { email, firstName: "Ada" } });
  await hub.tell("track", consentTo("email", userId));
  await hub.settle();
  return { ref: `userId:${userId}`, email };
};
const CONTENT = { subject: "Your cart", text: "A kettle waits for you." };
const sent = async ({ ref }: Known) => {
  const asked = { to: ref, channel: "email", category: "transactional", content: CONTENT };
  const { messageId } = await hub.send(asked, randomUUID());
  await hub.settle();
  const [mail] = await hub.outbox({ messageId });
  return {
    messageId,
    replyTo: mail?.headers?.["Reply-To"] ?? "",
    providerMessageId: mail?.providerMessageId,
  };
};
const bring = async (inbound: object) => {
  const { status } = await hub.call("POST", "/_local/inbound", { channel: "email", ...inbound });
  expect(status).toBe(202);
  await hub.settle();
};
const raw = (headers: Record<string, string>, body: string): string =>
  `${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\r\n")}\r\n\r\n${body}`;
const threadsOf = async (ref: string) =>
  Object((await hub.call("GET", `/v1/profiles/${encodeURIComponent(ref)}/conversations`)).body).items ?? [];
const threadOf = async (ref: string) => {
  const [row, ...more] = await threadsOf(ref);
  expect(more).toEqual([]);
  return Object((await hub.call("GET", `/v1/conversations/${row?.conversationId}`)).body);
};
const saidIn = ({ messages }: { messages: readonly { direction: string; text: string }[] }) =>
  messages.map(({ direction, text }) => [direction, text]);

describe("a mail that a customer answers", () => {
  it("stands first in the thread; of the answer stands what they wrote, and the original is one call away", async () => {
    const kim = await known();
    const { replyTo } = await sent(kim);
    expect(replyTo).toMatch(/\+[0-9a-f]{46}@/);
    const body =
      "Is it still there?\r\n\r\nOn Mon, Nov 30, 2026 at 10:00 AM Shop <hello@shop.example> wrote:\r\n> A kettle waits for you.\r\n";
    await bring({
      raw: raw(
        {
          From: `Ada <${kim.email}>`,
          To: replyTo,
          Subject: "Re: Your cart",
          "Message-ID": `<${randomUUID()}@mua>`,
        },
        body,
      ),
    });
    const thread = await threadOf(kim.ref);
    expect(saidIn(thread)).toEqual([
      ["out", "A kettle waits for you."],
      ["in", "Is it still there?"],
    ]);
    const original = await hub.call("GET", `/v1/conversations/${thread.conversationId}/messages/2/original`);
    expect(original).toMatchObject({ status: 200 });
    expect(String(original.body)).toContain("> A kettle waits for you.");
  });

  it("is answered in turn under its subject and its own id", async () => {
    const kim = await known();
    const { messageId } = await sent(kim);
    const providerMessageId = randomUUID();
    await bring({ from: kim.email, text: "Hello?", inReplyTo: messageId, providerMessageId });
    const { conversationId } = await threadOf(kim.ref);
    await hub.call("POST", `/v1/conversations/${conversationId}/replies`, { text: "Yes, it is." });
    await hub.settle();
    const mails = await hub.outbox({ to: kim.email });
    const answer = mails.find(({ text }) => text === "Yes, it is.");
    expect(answer?.subject).toBe("Re: Your cart");
    expect(answer?.headers?.["In-Reply-To"]).toBe(`<${providerMessageId}@mail.example.com>`);
  });

  it("joins once, however often it is brought and whatever names what it answers", async () => {
    const kim = await known();
    const { messageId, providerMessageId } = await sent(kim);
    const mail = (id: string, more: Record<string, string>) =>
      raw(
        { From: kim.email, To: "help@shop.example", Subject: "x", "Message-ID": `<${id}@mua>`, ...more },
        id,
      );
    const ids = [randomUUID(), randomUUID()];
    const mails = [
      mail(`a${ids[0]}`, { References: `<${messageId}@shop.example>` }),
      mail(`b${ids[1]}`, { "In-Reply-To": `<${providerMessageId}@eu-west-1.amazonses.com>` }),
    ];
    for (const one of mails) await bring({ raw: one });
    await Promise.all(
      [...mails, ...mails].map((one) => hub.call("POST", "/_local/inbound", { channel: "email", raw: one })),
    );
    await hub.settle();
    expect(saidIn(await threadOf(kim.ref))).toEqual([
      ["out", "A kettle waits for you."],
      ["in", `a${ids[0]}`],
      ["in", `b${ids[1]}`],
    ]);
  });

  it("leads a colleague who answers it to the customer's conversation, and shows them none of it", async () => {
    const kim = await known();
    const { messageId, replyTo } = await sent(kim);
    await bring({ from: kim.email, text: "Mine", inReplyTo: messageId });
    const { conversationId } = await threadOf(kim.ref);
    const colleague = `${randomUUID()}@example.com`;
    await bring({ from: colleague, to: replyTo, text: "I answer for Ada" });
    const theirs = await threadOf(`email:${colleague}`);
    expect(theirs).toMatchObject({ linked: conversationId });
    expect(saidIn(theirs)).toEqual([["in", "I answer for Ada"]]);
    const forged = replyTo.replace(/\+.{4}/, (text: string) => text.replace(/[0-9a-f]/g, "0"));
    for (const to of [forged, "help@shop.example"]) {
      const stranger = `${randomUUID()}@example.com`;
      const headers = { From: stranger, To: to, References: `<${messageId}@shop.example>` };
      await bring({ raw: raw(headers, "Let me in") });
      expect(await threadOf(`email:${stranger}`)).toMatchObject({ linked: null, lastSeq: 1 });
    }
    expect((await threadOf(kim.ref)).lastSeq).toBe(2);
  });
});

describe("a mail that no person wrote", () => {
  it("is kept, and waits for nobody", async () => {
    const kim = await known();
    const { replyTo } = await sent(kim);
    const headers = { From: kim.email, To: replyTo, "Auto-Submitted": "auto-replied", Subject: "Away" };
    await bring({ raw: raw(headers, "I am on holiday.") });
    const thread = await threadOf(kim.ref);
    expect(thread).toMatchObject({ state: "closed", waitingSince: null, unread: 0 });
    expect(thread.messages.at(-1)).toMatchObject({ direction: "in", text: "I am on holiday." });
  });

  it("ends our own, where it says under our signature that that was not delivered", async () => {
    const kim = await known();
    const { messageId, replyTo } = await sent(kim);
    const report = (address: string) =>
      raw(
        {
          From: "MAILER-DAEMON@mx.example",
          To: "help@shop.example",
          "Content-Type": 'multipart/report; report-type=delivery-status; boundary="b"',
        },
        `--b\r\nContent-Type: text/plain\r\n\r\nSorry\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ${kim.email}\r\nAction: failed\r\nStatus: 5.1.1\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nReply-To: ${address}\r\n--b--\r\n`,
      );
    await bring({ raw: report(replyTo.replace(/..@/, "00@").replace(/\+../, "+00")) });
    expect((await hub.message(messageId)).status).toBe("sent");
    await bring({ raw: report(replyTo) });
    const { status, history } = await hub.message(messageId);
    expect({ status, reason: history.at(-1)?.reason }).toEqual({
      status: "failed",
      reason: "bounced: 5.1.1",
    });
    expect(await threadsOf(kim.ref)).toEqual([]);
  });
});

describe("mail as nobody should write it", () => {
  it("comes in with what can be read of it", async () => {
    const from = () => `${randomUUID()}@example.com`;
    const [latin, nested, attached, long, empty] = [from(), from(), from(), from(), from()];
    const bytes = Buffer.from(
      raw({ From: latin, "Content-Type": "text/plain; charset=iso-8859-15" }, "Gr\xfc\xdfe, 5 \xa4"),
      "latin1",
    );
    await bring({ raw: { base64: bytes.toString("base64") } });
    const depth = Array.from(
      { length: 300 },
      (_, n) => `Content-Type: multipart/mixed; boundary="n${n}"\r\n\r\n--n${n}\r\n`,
    );
    await bring({
      raw: `From: ${nested}\r\nSubject: Deep\r\n${depth.join("")}Content-Type: text/plain\r\n\r\nfound`,
    });
    const content = Buffer.from("MZ").toString("base64");
    await bring({
      from: attached,
      text: "See attached",
      attachments: [
        { name: "order.pdf", type: "application/pdf", content },
        { name: "invoice.pdf.exe", content },
      ],
    });
    await bring({ from: long, text: "word ".repeat(20_000) });
    await bring({ raw: raw({ From: empty }, "") });
    expect((await threadOf(`email:${latin}`)).messages[0]).toMatchObject({ text: "Grüße, 5 €" });
    expect((await threadOf(`email:${nested}`)).messages[0]).toMatchObject({
      text: "",
      isCut: true,
      subject: "Deep",
    });
    expect((await threadOf(`email:${attached}`)).messages[0].attachments).toMatchObject([
      { name: "order.pdf", type: "application/pdf", bytes: 2 },
      { name: "invoice.pdf.exe", isRefused: true },
    ]);
    const { text, isCut } = (await threadOf(`email:${long}`)).messages[0];
    expect({ length: text.length, isCut }).toEqual({ length: 8_000, isCut: true });
    expect((await threadOf(`email:${empty}`)).messages).toMatchObject([{ direction: "in", text: "" }]);
  });
});

describe("a machine that answers our answers", () => {
  const answersTo = async (addresses: readonly string[]) =>
    (await Promise.all(addresses.map((to) => hub.outbox({ to })))).flat();

  it("is answered three times by ours, whatever address it takes next", async () => {
    const addresses = Array.from({ length: 6 }, () => `${randomUUID()}@example.com`);
    let to = "help@shop.example";
    for (const from of addresses) {
      await bring({ from, to, text: "When are you open?" });
      const [answer] = await answersTo([from]);
      if (answer !== undefined) expect(answer.headers?.["Auto-Submitted"]).toBe("auto-replied");
      to = answer?.headers?.["Reply-To"] ?? to;
    }
    expect(await answersTo(addresses)).toHaveLength(3);
  });

  it("is not answered at all where it says what it is", async () => {
    const from = `${randomUUID()}@example.com`;
    await bring({
      raw: raw({ From: from, "Auto-Submitted": "auto-replied" }, "We are open again on Monday."),
    });
    expect(await answersTo([from])).toEqual([]);
  });
});
