import { randomUUID } from "node:crypto";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
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
