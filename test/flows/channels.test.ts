import { randomUUID } from "node:crypto";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { Webhook } from "standardwebhooks";
import { beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { awsAt } from "../support/hub/aws-access.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { consentTo } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

let cloud: LocalCloud;
let hub: Hub;
beforeAll(async () => {
  cloud = await startTestCloud({
    playbook: testFiles({
      "triggers.yaml": `
welcome: { on: Signed Up }
cart-abandoned: { on: Product Added, after: PT1H, unless: Order Completed }
order-confirmed: { on: Order Completed, if: event.total > 0 }
shipped: { on: Order Shipped }
news: { on: News }
`,
      "data-model.yaml": `
traits: { email: string, phone: string, firstName: string, locale: string, timeZone: string, age: number }
computed:
  orders: { kind: count, event: Order Completed }
  spent: { kind: sum, event: Order Completed, property: total }
  recentViews: { kind: count, event: Product Viewed, window: P7D }
  shipped: { kind: count, event: Order Shipped }
events:
  Signed Up: {}
  News: {}
  Order Shipped: { order_id: string }
  Product Viewed: { product_id: string, name: string, price: number }
  Product Added: { product_id: string, name: string, price: number }
  Order Completed: { order_id: string, total: number, products: list }
`,
      "webhooks.yaml": `
orders:
  url: https://orders.example/events
  account: default
  identifiers: [userId]
  events: [{ on: Order Completed, if: event.total > 100, with: { total: event.total } }]
`,
      "sources.yaml": `
shop fulfilment:
  match: { source: [shop.fulfilment], detail-type: [Order Shipped] }
  customer: { userId: envelope.detail.customer }
  event: Order Shipped
  properties: { order_id: string(envelope.detail.order) }
`,
      "actions/shipped.yaml":
        "category: transactional\nplacements: [trigger.shipped]\ntreatments: [{ channel: sms }]\n",
      "actions/news.yaml":
        "category: marketing\nplacements: [trigger.news]\ntreatments: [{ channel: push }]\n",
      "templates/shipped/sms.txt": "Order {{ event.order_id }} is on its way\n",
      "templates/news/push.yaml": "title: News for {{ customer.firstName }}\nbody: Come and see\n",
    }),
  });
  hub = hubAt(cloud.url);
});

let numbers = 0;
/** Numbers that fiction may use (555-0100 to 555-0199). */
const newPhone = (): string => {
  numbers += 1;
  return `+1202555${String(100 + numbers).padStart(4, "0")}`;
};
const customer = async () => {
  const userId = `channel-${randomUUID()}`;
  const [email, phone, token] = [`${userId}@example.com`, newPhone(), `token-${randomUUID()}`];
  await hub.collect("identify", {
    userId,
    traits: { email, phone, firstName: "Ada" },
    context: { device: { token, type: "ios" } },
  });
  for (const channel of ["email", "sms", "push"]) {
    await hub.collect("track", consentTo(channel, userId));
  }
  await hub.settle();
  return { userId, email, phone, token };
};
const CONTENT = {
  email: { subject: "Hello", text: "Hello {{ customer.firstName }}" },
  sms: { text: "Hello {{ customer.firstName }}" },
  push: { title: "Hello", body: "Hello {{ customer.firstName }}" },
} as const;
type Channel = keyof typeof CONTENT;
const ask = (userId: string, channel: Channel, category = "transactional") =>
  hub.send({ to: `userId:${userId}`, category, channel, content: CONTENT[channel] }, randomUUID());
const addressOf = (who: Awaited<ReturnType<typeof customer>>, channel: Channel): string =>
  ({ email: who.email, sms: who.phone, push: who.token })[channel];

describe("a message that an application asks for", () => {
  it.each(["email", "sms", "push"] as const)(
    "by %s leaves once, by its provider, and is recorded",
    async (channel) => {
      const who = await customer();
      const { messageId, decisionId } = await ask(who.userId, channel);
      await hub.settle();
      const sent = await hub.outbox({ channel, to: addressOf(who, channel) });
      expect(sent).toMatchObject([{ messageId, text: expect.stringContaining("Hello Ada") }]);
      const { status, history } = await hub.message(messageId);
      expect([status, history.map((one) => one.status)]).toEqual(["sent", ["requested", "sending", "sent"]]);
      const decided = (await hub.timeline(`userId:${who.userId}`)).find(({ kind }) => kind === "decision");
      expect(decided?.decisionId).toBe(decisionId);
    },
  );

  it("to a bare phone number makes the customer and goes there", async () => {
    const phone = newPhone();
    await hub.send({ to: `phone:${phone}`, category: "transactional", content: CONTENT.sms }, randomUUID());
    await hub.settle();
    expect(await hub.outbox({ channel: "sms", to: phone })).toHaveLength(1);
    expect((await hub.profile(`phone:${phone}`)).identifiers).toEqual([{ type: "phone", value: phone }]);
  });
});

describe("a trigger", () => {
  it("sends a text message and a push message", async () => {
    const { userId, phone, token } = await customer();
    await hub.collect("track", { userId, event: "Order Shipped", properties: { order_id: "A-7" } });
    await hub.collect("track", { userId, event: "News" });
    await hub.settle();
    expect(await hub.outbox({ to: phone })).toMatchObject([
      { channel: "sms", text: "Order A-7 is on its way" },
    ]);
    expect(await hub.outbox({ to: token })).toMatchObject([{ channel: "push" }]);
  });
});

describe("what the provider tells later", () => {
  it.each(["email", "sms"] as const)("moves a %s from sent to delivered, once", async (channel) => {
    const { userId } = await customer();
    const { messageId } = await ask(userId, channel);
    await hub.settle();
    for (const _ of [1, 2]) {
      await hub.feedback(messageId, "delivered");
      await hub.settle();
    }
    const { status, history } = await hub.message(messageId);
    expect(status).toBe("delivered");
    expect(history.filter((one) => one.status === "delivered")).toHaveLength(1);
    const outcomes = (await hub.timeline(`userId:${userId}`)).filter(({ kind }) => kind === "outcome");
    expect(outcomes).toMatchObject([{ outcome: "delivered", messageId }]);
  });

  it.each([
    ["email", "bounced"],
    ["sms", "bounced"],
  ] as const)("of a %s that %s ends it, and nothing more goes to that address", async (channel, type) => {
    const who = await customer();
    const { messageId } = await ask(who.userId, channel);
    await hub.settle();
    await hub.feedback(messageId, type);
    await hub.settle();
    expect((await hub.message(messageId)).status).toBe("failed");
    const address = addressOf(who, channel);
    const { addresses } = await hub.profile(`userId:${who.userId}`);
    expect(addresses.find(({ value }) => value === address)).toMatchObject({ channel, status: "bounced" });
    // The process remembers suppressions for five seconds.
    await hub.advance("PT10S");
    const second = await ask(who.userId, channel);
    await hub.settle();
    expect(await hub.outbox({ channel, to: address })).toHaveLength(1);
    expect((await hub.message(second.messageId)).status).toBe("rejected");
  });

  it("that somebody complained suppresses the address, for whoever has it", async () => {
    const who = await customer();
    const { messageId } = await ask(who.userId, "email", "marketing");
    await hub.settle();
    await hub.feedback(messageId, "complained");
    await hub.advance("PT10S");
    const marketing = await ask(who.userId, "email", "marketing");
    const other = `channel-${randomUUID()}`;
    await hub.collect("identify", { userId: other, traits: { email: who.email } });
    await hub.collect("track", consentTo("email", other));
    await hub.settle();
    const shared = await ask(other, "email", "marketing");
    await hub.settle();
    for (const one of [marketing, shared]) expect((await hub.message(one.messageId)).status).toBe("rejected");
    expect(await hub.outbox({ to: who.email })).toHaveLength(1);
  });

  it("of a full mailbox suppresses nothing", async () => {
    const who = await customer();
    const { messageId } = await ask(who.userId, "email");
    await hub.settle();
    await hub.feedback(messageId, "soft_bounced");
    await hub.advance("PT10S");
    await ask(who.userId, "email");
    await hub.settle();
    expect(await hub.outbox({ to: who.email })).toHaveLength(2);
  });
});

describe("an event of the bus `sources`", () => {
  const put = (detailType: string, detail: unknown) =>
    new EventBridgeClient(awsAt(cloud)).send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: "rapport-local-sources",
            Source: "shop.fulfilment",
            DetailType: detailType,
            Detail: JSON.stringify(detail),
          },
        ],
      }),
    );

  it("that the playbook maps reaches the profile and its trigger; one it does not map concerns nobody", async () => {
    const { userId, phone } = await customer();
    await put("Order Shipped", { customer: userId, order: 42 });
    await put("Stock Counted", { customer: userId, order: 43 });
    await hub.settle();
    expect((await hub.profile(`userId:${userId}`)).computed).toMatchObject({ shipped: 1 });
    const events = (await hub.timeline(`userId:${userId}`)).filter(({ name }) => name === "Order Shipped");
    expect(events).toMatchObject([{ properties: { order_id: "42" } }]);
    expect(await hub.outbox({ to: phone })).toMatchObject([{ text: "Order 42 is on its way" }]);
  });
});

describe("a system outside that the playbook names", () => {
  const URL_OF_ORDERS = "https://orders.example/events";
  const toldAll = async () => (await hub.outbox({ to: URL_OF_ORDERS })).map(({ text }) => JSON.parse(text));
  const order = async (userId: string, total: number) => {
    await hub.collect("track", { userId, event: "Order Completed", properties: { order_id: "A-1", total } });
    await hub.settle();
  };
  const webhook = async () => {
    const { body } = await hub.call("GET", "/v1/webhooks");
    return (body as { items: { state: string; dead: number; reason: string | null }[] }).items[0];
  };

  it("is told of what it asked for, signed, with what is named and nothing else", async () => {
    const { userId } = await customer();
    await order(userId, 99);
    await order(userId, 120);
    const [told] = await toldAll();
    expect(await toldAll()).toHaveLength(1);
    const { customerId } = await hub.profile(`userId:${userId}`);
    expect(told).toMatchObject({
      type: "Order Completed",
      data: { customerId, identifiers: [{ type: "userId", value: userId }], fields: { total: 120 } },
    });
    const [call] = await hub.outbox({ to: URL_OF_ORDERS });
    const secret = Buffer.from("everybody may know this secret").toString("base64");
    const headers = call?.headers ?? {};
    expect(
      new Webhook(secret).sign(
        headers["webhook-id"] ?? "",
        new Date(Number(headers["webhook-timestamp"]) * 1_000),
        call?.text ?? "",
      ),
    ).toBe(headers["webhook-signature"]);
  });

  it("that fails is told later, and one that fails for a day is disabled with an alarm until it answers a test", async () => {
    const { userId } = await customer();
    const before = (await toldAll()).length;
    const fault = { target: "provider:standard-webhooks", kind: "error", at: "before" };
    await hub.call("POST", "/_local/faults", { ...fault, for: "PT3M" });
    await order(userId, 200);
    await hub.advance("PT20M");
    expect(await toldAll()).toHaveLength(before + 1);
    await hub.call("POST", "/_local/faults", { ...fault, for: "P2D" });
    await order(userId, 300);
    await hub.advance("P1D");
    expect(await webhook()).toMatchObject({ state: "failing", dead: 1 });
    await order(userId, 400);
    await hub.advance("PT1M");
    expect(await webhook()).toMatchObject({ state: "disabled", dead: 2 });
    const { body } = await hub.call("GET", "/_local/alarms");
    const { items } = body as { items: { name: string; state: string }[] };
    expect(items.find(({ name }) => name.endsWith("tell-events-disabled"))?.state).toBe("ALARM");
    await hub.call("DELETE", "/_local/faults");
    const tried = await hub.call("POST", "/v1/webhooks/orders/test");
    expect(tried.body).toMatchObject({ taken: true, status: 200 });
    const again = await hub.call("POST", "/v1/webhooks/orders/replay");
    expect(again.body).toEqual({ replayed: 2, isMore: false });
    await hub.settle();
    expect(await webhook()).toMatchObject({ state: "ok", dead: 0 });
    const totals = (await toldAll()).map(({ data }) => data.fields?.total);
    expect(totals).toEqual(expect.arrayContaining([200, 300, 400]));
  });
});
