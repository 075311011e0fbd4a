import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Hub } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { newUserId } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(
    testFiles({
      "actions/cart-reminder.yaml": `
category: marketing
placements: [trigger.cart-abandoned]
value: 10
treatments: [{ channel: sms }]
`,
    }),
  );
});

let numbers = 0;
const newPhone = (): string => `+1202555${String(4000 + numbers++)}`;
/** Somebody who said yes to marketing by text message. */
const reader = async (traits: Record<string, unknown> = {}) => {
  const [userId, phone] = [newUserId("reader"), newPhone()];
  await hub.tell("identify", { userId, traits: { phone, ...traits } });
  const properties = { channel: "sms", topic: "marketing", status: "granted", kind: "express" };
  await hub.tell("track", { userId, event: "Consent Changed", properties });
  await hub.settle();
  return { userId, phone };
};
const write = async (from: string, text: string) => {
  await hub.call("POST", "/_local/inbound", { channel: "sms", from, text });
  await hub.settle();
};
const texts = async (phone: string) =>
  (await hub.outbox({ channel: "sms", to: phone })).map(({ text }) => text);
const order = (userId: string, more: object = {}) =>
  hub.send(
    { to: `userId:${userId}`, category: "marketing", channel: "sms", content: { text: "Sale" }, ...more },
    randomUUID(),
  );
const decide = (userId: string) =>
  hub.decide({
    customer: `userId:${userId}`,
    placement: "trigger.cart-abandoned",
    explain: true,
    dryRun: true,
  });

describe("STOP by text message", () => {
  it("is confirmed once, by a decision, and no marketing leaves after it, nor is any decided", async () => {
    const { userId, phone } = await reader();
    expect((await decide(userId)).actions).toHaveLength(1);
    await write(phone, "STOP");
    const [confirmation, ...others] = await hub.outbox({ to: phone });
    expect(others).toEqual([]);
    expect(confirmation?.text).toMatch(/^Test Shop: You are unsubscribed.*START/);
    const { history, category } = await hub.message(confirmation?.messageId ?? "");
    expect([history.at(-1)?.status, category]).toEqual(["sent", "transactional"]);
    const timeline = await hub.timeline(`userId:${userId}`);
    expect(timeline.filter(({ kind }) => kind === "decision")).toHaveLength(1);
    // Newest first: the last that is told of the customer's own word.
    expect(timeline.find(({ name }) => name === "message.received")).toMatchObject({
      properties: { keyword: "stop", text: "STOP" },
    });
    const { actions, rejected } = await decide(userId);
    expect(actions).toEqual([]);
    expect(rejected).toMatchObject([{ action: "cart-reminder", reason: "consent" }]);
    expect(await order(userId)).toMatchObject({ status: "rejected", reasons: ["consent"] });
    await write(phone, "stop!");
    expect(await texts(phone)).toHaveLength(1);
  });

  it("stops what is queued, on every customer who has the number", async () => {
    const { userId, phone } = await reader();
    const at = new Date((await hub.now()) + 3_600_000).toISOString();
    const queued = await order(userId, { sendAt: at });
    expect(queued.status).toBe("requested");
    await write(phone, "Stop all, please");
    await hub.advance("PT2H");
    expect((await hub.message(queued.messageId)).status).toBe("rejected");
    expect((await texts(phone)).filter((text) => text === "Sale")).toEqual([]);
  });

  it("holds what is owed to the customer from nobody", async () => {
    const { userId, phone } = await reader();
    await write(phone, "END");
    await order(userId, { category: "transactional", content: { text: "Your code" } });
    await hub.settle();
    expect(await texts(phone)).toContain("Your code");
  });

  it("is taken back by START: what was granted before holds again, and is confirmed once", async () => {
    const { userId, phone } = await reader();
    await write(phone, "STOP");
    await hub.advance("PT1M");
    await write(phone, "Start");
    await write(phone, "START");
    expect(await texts(phone)).toEqual([
      expect.stringContaining("You get messages here again"),
      expect.stringContaining("You are unsubscribed"),
    ]);
    await order(userId);
    await hub.settle();
    expect(await texts(phone)).toContain("Sale");
  });
});

describe("a word that the law knows", () => {
  it("grants nothing that was never granted: START of somebody unknown lets no marketing out", async () => {
    const phone = newPhone();
    await write(phone, "START");
    const sent = await hub.send(
      { to: `phone:${phone}`, category: "marketing", channel: "sms", content: { text: "Sale" } },
      randomUUID(),
    );
    expect(sent.status).toBe("rejected");
  });

  it("is answered in the customer's language, and HELP says whom to ask", async () => {
    const { phone } = await reader({ locale: "de" });
    await write(phone, "Hilfe");
    expect(await texts(phone)).toEqual([expect.stringMatching(/Fragen\? help@shop\.example.*STOP/)]);
  });

  it("counts in words of the customer's own, and is marked for a person", async () => {
    const { userId, phone } = await reader();
    await write(phone, "Hi, please stop texting me.");
    const [received] = (await hub.timeline(`userId:${userId}`)).filter(
      ({ name }) => name === "message.received",
    );
    expect(received).toMatchObject({ properties: { keyword: "revocation" } });
    expect(await order(userId)).toMatchObject({ status: "rejected", reasons: ["consent"] });
    expect(await texts(phone)).toHaveLength(1);
  });

  it("within a question is none", async () => {
    const { userId, phone } = await reader();
    await write(phone, "Where is the bus stop?");
    expect(await texts(phone)).toEqual([]);
    expect(await order(userId)).toMatchObject({ status: "rejected", reasons: ["conversation"] });
  });
});
