import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "#kernel/time.ts";
import type { Hub } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { TEST_FILES, testFiles } from "../support/playbook/files.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(
    testFiles({
      "data-model.yaml": `
traits: { email: string, phone: string, firstName: string, locale: string, timeZone: string, age: number, birthday: date, contractEnd: date, seenAt: date and time }
computed:
  orders: { kind: count, event: Order Completed }
  orders90d: { kind: count, event: Order Completed, window: P90D }
  spent: { kind: sum, event: Order Completed, property: total }
events:
  Signed Up: {}
  Product Viewed: { product_id: string, name: string, price: number }
  Product Added: { product_id: string, name: string, price: number }
  Order Completed: { order_id: string, total: number, products: list }
`,
      "segments.yaml":
        'vip: customer.orders90d >= 3\nnewcomer: customer.orders = 0\nsilent: now - customer.seenAt > @"P30D"\nending: customer.contractEnd <= today() + @"P30D"\n',
      "triggers.yaml": `${TEST_FILES["triggers.yaml"]}birthday: { at: customer.birthday, every: year, placement: trigger.welcome }\n`,
      "actions/hero.yaml": `
category: service
placements: [web.home.hero]
eligible: customer.newcomer and customer.spent = 0 and not(customer.vip)
treatments: [{ channel: web, content: { title: Hi } }]
`,
    }),
  );
});

const fresh = (kind: string): string => `${kind}-${randomUUID()}`;
const customer = async () => {
  const userId = fresh("kim");
  const email = `${userId}@example.com`;
  await hub.tell("identify", { userId, traits: { email } });
  return { userId, email };
};
const order = (userId: string, more: object = {}) => ({
  type: "track",
  userId,
  event: "Order Completed",
  properties: { order_id: randomUUID(), total: 10 },
  messageId: randomUUID(),
  ...more,
});
const ago = async (days: number): Promise<string> =>
  new Date((await hub.now()) - days * DAY_MS).toISOString();

describe("an order of a year ago", () => {
  it("is a year old by its explicit timestamp, and brings no receipt (RudderStack's Node client)", async () => {
    const { userId, email } = await customer();
    const [timestamp, now] = [await ago(365), await ago(0)];
    await hub.tell("batch", { batch: [order(userId, { timestamp, originalTimestamp: now, sentAt: now })] });
    await hub.settle();
    const [told] = (await hub.timeline(`userId:${userId}`)).filter(({ name }) => name === "Order Completed");
    expect(told).toMatchObject({ at: timestamp, refused: [{ what: "trigger", reason: "age" }] });
    expect(await hub.outbox({ to: email })).toEqual([]);
  });

  it.each(["import", "batch"])("keeps its age in an archive, by /v1/%s", async (path) => {
    const { userId, email } = await customer();
    const then = await ago(400);
    const times = { originalTimestamp: then, timestamp: then, sentAt: then, receivedAt: then };
    await hub.tell(path, { batch: [1, 2, 3].map(() => order(userId, times)), sentAt: await ago(0) });
    await hub.settle();
    const { computed, segments } = await hub.profile(`userId:${userId}`);
    expect(computed).toMatchObject({ orders: 3, orders90d: 0 });
    expect(segments).not.toContain("vip");
    expect(await hub.outbox({ to: email })).toEqual([]);
  });

  it("is new where it is sent now: the receipt leaves", async () => {
    const { userId, email } = await customer();
    await hub.tell("track", order(userId, { timestamp: Math.floor((await hub.now()) / 1_000) - 1 }));
    await hub.settle();
    expect(await hub.outbox({ to: email })).toHaveLength(1);
  });
});

describe("ids that mean nobody", () => {
  it("never make one person of two visitors, and the timeline says what was left out", async () => {
    const visitors = [fresh("visitor"), fresh("visitor")] as const;
    for (const userId of ["undefined", "null", "0", "[object Object]", "NaN", "", "00000000-0000-0000"]) {
      for (const anonymousId of visitors)
        await hub.collect("track", { userId, anonymousId, event: "Product Viewed" });
    }
    await hub.settle();
    const [a, b] = await Promise.all(visitors.map((id) => hub.profile(`anonymousId:${id}`)));
    expect(a?.customerId).not.toBe(b?.customerId);
    expect(a?.identifiers).toEqual([{ type: "anonymousId", value: visitors[0] }]);
    const events = (await hub.timeline(`anonymousId:${visitors[0]}`)).filter(
      ({ name }) => name === "Product Viewed",
    );
    expect(events).toHaveLength(7);
    const told = events.filter(({ refused }) => refused !== undefined).map(({ refused }) => refused);
    expect(told).toEqual(Array(6).fill([{ what: "userId", reason: "names-nobody" }]));
  });

  it("are named in a batch's `rejected` where nothing else says who it was", async () => {
    const { userId } = await customer();
    const batch = [order(userId), order("undefined"), order("NaN"), order(userId)];
    const answer = await hub.tell("batch", { batch });
    expect(answer).toEqual({
      success: true,
      rejected: [
        { index: 1, code: "invalid_request" },
        { index: 2, code: "invalid_request" },
      ],
    });
    expect((await hub.call("GET", "/v1/profiles/userId:undefined")).status).toBe(404);
  });

  it("join nobody as a trait or a device's token either", async () => {
    const people = [await customer(), await customer()];
    for (const { userId } of people) {
      await hub.tell("identify", { userId, traits: { phone: "0" }, context: { device: { token: "null" } } });
    }
    await hub.settle();
    for (const { userId, email } of people) {
      const { identifiers, addresses } = await hub.profile(`userId:${userId}`);
      expect(identifiers.map(({ value }) => value).toSorted()).toEqual([email, userId].toSorted());
      expect(addresses.map(({ channel }) => channel)).toEqual(["email"]);
    }
  });
});

it("a userId that JSON would round is refused with a hint to send text", async () => {
  const body = '{"userId": 739847298374982701, "event": "Seen"}';
  const { status, body: problem } = await hub.call("POST", "/v1/track", body);
  expect(status).toBe(400);
  expect(problem).toMatchObject({
    code: "invalid_request",
    errors: [{ path: "userId", expected: "text: JSON rounds a number past 2^53", got: "number" }],
  });
});

it("one mailbox, written in many ways, is one person, and mail reaches it", async () => {
  const name = fresh("kim");
  const spellings = ["", "\u200b", " "].map((noise) => `${name}${noise.trim()}@bücher.example${noise}`);
  for (const email of [
    ...spellings,
    `mailto:${name}@xn--bcher-kva.example`,
    `Kim <${name}@BÜCHER.example>`,
  ]) {
    await hub.tell("identify", { anonymousId: fresh("visitor"), traits: { email } });
  }
  await hub.settle();
  const to = `${name}@xn--bcher-kva.example`;
  const { identifiers, addresses } = await hub.profile(`email:${name}@bücher.example`);
  expect(identifiers.filter(({ type }) => type === "email")).toEqual([{ type: "email", value: to }]);
  expect(identifiers).toHaveLength(6);
  expect(addresses).toMatchObject([{ channel: "email", value: to }]);
  const order = { to: `email:${name}@bücher.example`, category: "transactional", channel: "email" };
  await hub.send({ ...order, content: { subject: "Hi", text: "Hi" } }, randomUUID());
  await hub.settle();
  expect(await hub.outbox({ to })).toHaveLength(1);
});

describe("a decision", () => {
  it.each(["T1", "T1 ", "cus-1", "loyalty:1", ":kim", ""])(
    "about %j is refused: that is no ref",
    async (customer) => {
      const asked = { customer, placement: "web.home.hero" };
      const { status, body } = await hub.call("POST", "/v1/decisions", asked);
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: "invalid_request", errors: [{ path: "customer" }] });
    },
  );

  it("about somebody nobody knows is made as about the empty customer", async () => {
    const { actions, rejected } = await hub.decide({
      customer: `anonymousId:${fresh("visitor")}`,
      placement: "web.home.hero",
      explain: true,
    });
    expect(rejected).toEqual([]);
    expect(actions.map(({ action }) => action)).toEqual(["hero"]);
  });
});

describe("what nobody does anything for", () => {
  it("is told within a minute of its moment, by one timer for each condition, without a scan", async () => {
    const { userId, email } = await customer();
    await hub.tell("track", {
      userId,
      event: "Consent Changed",
      properties: {
        channel: "email",
        topic: "marketing",
        status: "granted",
        kind: "express",
        source: "form",
      },
    });
    const start = await hub.now();
    const inDays = (days: number): string => new Date(start + days * DAY_MS).toISOString();
    const seenAt = inDays(-29.5);
    await hub.tell("identify", {
      userId,
      traits: {
        seenAt,
        contractEnd: inDays(31).slice(0, 10),
        timeZone: "Asia/Tokyo",
        birthday: inDays(2).slice(0, 10),
      },
    });
    await hub.settle();
    await hub.call("DELETE", "/_local/usage");
    await hub.advance("P3D");
    const told = (await hub.timeline(`userId:${userId}`)).filter(
      ({ name, kind }) => kind === "event" && /^(segment.entered|time.came)$/.test(String(name)),
    );
    const times = Object.fromEntries(
      told.map(({ properties, at }) => {
        const { segment, trigger } = properties as { segment?: string; trigger?: string };
        return [segment ?? trigger, at];
      }),
    );
    expect(times).toMatchObject({
      silent: new Date(Date.parse(seenAt) + 30 * DAY_MS + 1).toISOString(),
      ending: `${inDays(1).slice(0, 10)}T00:00:00.000Z`,
      birthday: `${inDays(2).slice(0, 10)}T00:00:00.000Z`,
    });
    const [mail] = await hub.outbox({ to: email });
    expect(Date.parse(mail?.at ?? "") - Date.parse(times.birthday ?? "")).toBeLessThan(60_000);
    const usage = JSON.stringify((await hub.call("GET", "/_local/usage")).body);
    expect(usage).toContain("dynamodb:Query");
    expect(usage).not.toContain("dynamodb:Scan");
  });
});
