import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { newUserId } from "../support/hub/people.ts";

let hub: Hub;
beforeAll(async () => {
  // The retail playbook as it is.
  hub = hubAt((await startTestCloud()).url);
});

let numbers = 0;
const newPhone = (): string => `+1202555${String(6000 + numbers++)}`;
const customer = async (traits: Record<string, unknown> = {}) => {
  const [userId, phone] = [newUserId("asker"), newPhone()];
  await hub.tell("identify", { userId, traits: { phone, ...traits } });
  await hub.settle();
  return { userId, phone };
};
const tellOrder = async (userId: string, event: string, properties: Record<string, unknown>) => {
  await hub.call("POST", "/v1/track", { userId, event, properties });
  await hub.settle();
};
const write = (from: string, text: string, providerMessageId: string = randomUUID()) =>
  hub.call("POST", "/_local/inbound", { channel: "sms", from, text, providerMessageId });
const writeAndSettle = async (from: string, text: string) => {
  await write(from, text);
  await hub.settle();
};
const texts = async (to: string) =>
  (await hub.outbox({ channel: "sms", to })).map(({ text }) => text).toReversed();
type Shown = {
  readonly conversationId: string;
  readonly state: string;
  readonly handler: string;
  readonly topic: string | null;
  readonly team: string | null;
  readonly messages: readonly {
    readonly direction: string;
    readonly text: string;
    readonly author: { readonly type: string };
    readonly decisionId?: string;
  }[];
};
const threadOf = async (userId: string): Promise<Shown> => {
  const list = await hub.call("GET", `/v1/profiles/userId:${userId}/conversations`);
  const [{ conversationId }] = Object(list.body).items;
  return Object((await hub.call("GET", `/v1/conversations/${conversationId}`)).body);
};

describe("a word of the company's own, by text message", () => {
  it("is answered in its language, with what the hub knows of the customer, by a decision that names its rule", async () => {
    const { userId, phone } = await customer();
    await tellOrder(userId, "Order Completed", { order_id: "A-17", total: 24, currency: "EUR" });
    await tellOrder(userId, "Order Shipped", { order_id: "A-18" });
    await writeAndSettle(phone, "Bestellung a 17, bitte");
    await writeAndSettle(phone, "ORDER");
    const [german, english] = (await texts(phone)).slice(-2);
    expect(german).toMatch(/^Bestellung A-17: seit .* bei uns/);
    expect(english).toMatch(/^Order A-18: on its way since/);
    const { messages, state, handler } = await threadOf(userId);
    expect([state, handler]).toEqual(["waiting", "bot"]);
    expect(messages.slice(-4).map(({ author }) => author.type)).toEqual([
      "customer",
      "bot",
      "customer",
      "bot",
    ]);
    const answer = messages.find(({ author }) => author.type === "bot");
    expect(answer?.text).toBe(german);
    const decision = await hub.call("GET", `/v1/decisions/${answer?.decisionId}`);
    expect(decision.body).toMatchObject({ trigger: "answer.order-status", actions: [{ action: "message" }] });
  });

  it("says that an order of somebody else's is not theirs", async () => {
    const [theirs, other] = [await customer(), await customer()];
    await tellOrder(theirs.userId, "Order Completed", { order_id: "B-1", total: 24, currency: "EUR" });
    await writeAndSettle(other.phone, "order B-1");
    expect(await texts(other.phone)).toEqual([expect.stringContaining("no order B-1 of yours")]);
  });

  it("is answered once when it is delivered five times at once", async () => {
    const { phone } = await customer();
    await Promise.all(Array.from({ length: 5 }, () => write(phone, "hello", `${phone}-once`)));
    await hub.settle();
    expect(await texts(phone)).toHaveLength(1);
  });
});

describe("what no rule answers", () => {
  it("waits for a person, who finds why and what is known; nothing is answered by itself any more", async () => {
    const { userId, phone } = await customer({ loyaltyTier: "silver" });
    await writeAndSettle(phone, "hello");
    await writeAndSettle(phone, "Do you roast decaf for restaurants?");
    const { messages, state, handler, conversationId } = await threadOf(userId);
    expect([state, handler]).toEqual(["open", "queue"]);
    const note = messages.find(({ direction }) => direction === "note");
    expect(note?.text).toMatch(/no rule fits[\s\S]*decaf[\s\S]*hello[\s\S]*loyaltyTier silver/);
    expect(messages.at(-3)?.text).toMatch(/answers? here/);
    const pages = await hub.call("GET", `/v1/conversations/${conversationId}/suggestions?q=refnud`);
    expect(pages).toMatchObject({ status: 200, body: { items: [{ page: "returns", locale: "en" }] } });
    const said = (await texts(phone)).length;
    await writeAndSettle(phone, "order");
    expect(await texts(phone)).toHaveLength(said);
    await hub.call("POST", `/v1/conversations/${conversationId}/close`, {});
    await writeAndSettle(phone, "menu");
    expect(await texts(phone)).toHaveLength(said + 1);
  });

  it("goes to the team of its topic, and says what a rule says", async () => {
    const { userId, phone } = await customer({ locale: "de" });
    await writeAndSettle(phone, "Die Kanne ist kaputt angekommen, ich will mein Geld zurück");
    expect(await threadOf(userId)).toMatchObject({ handler: "queue", topic: "return", team: "returns" });
    expect(await texts(phone)).toEqual([expect.stringContaining("30 Tage")]);
  });
});
