import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Hub } from "../../support/hub/client.ts";
import { testHub } from "../../support/hub/local-cloud.ts";
import { consentTo } from "../../support/hub/people.ts";
import { testFiles } from "../../support/playbook/files.ts";
import { listOf, Problem, Profile, TimelineItem } from "./shapes.ts";

let hub: Hub;
const userId = `ada-${randomUUID()}`;
const email = `${userId}@example.com`;
const phone = "+4930901820";
beforeAll(async () => {
  hub = await testHub(
    testFiles({
      "data-model.yaml": `
identifiers:
  userId: { priority: 1, unique: true, from: [userId] }
  email: { priority: 2, normalize: email, channel: email, from: [traits.email] }
  phone: { priority: 3, normalize: phone, channel: sms, from: [traits.phone] }
  anonymousId: { priority: 4, from: [anonymousId] }
traits: { email: string, phone: string, firstName: string }
computed:
  orders: { kind: count, event: Order Completed }
  spent: { kind: sum, event: Order Completed, property: total }
events:
  Signed Up: {}
  Product Added: { product_id: string, name: string, price: number }
  Order Completed: { order_id: string, total: number, products: list }
`,
      "actions/welcome.yaml":
        "category: marketing\nplacements: [trigger.welcome]\ntreatments: [{ channel: email }]\n",
    }),
  );
  await hub.collect("track", { anonymousId: `device-${userId}`, event: "Looked" });
  await hub.collect("identify", {
    userId,
    anonymousId: `device-${userId}`,
    traits: { email, phone, firstName: "Ada" },
  });
  await hub.collect("track", consentTo("email", userId));
  for (let order = 0; order < 3; order += 1) {
    await hub.collect("track", {
      userId,
      event: "Order Completed",
      properties: { order_id: `${order}`, total: 5 },
    });
  }
  await hub.settle();
});

const get = (path: string) => hub.call("GET", path);

describe("GET /v1/profiles/{ref}", () => {
  it("has every member that was promised", async () => {
    const { status, body } = await get(`/v1/profiles/userId:${userId}`);
    expect(status).toBe(200);
    const profile = Profile.parse(body);
    expect(profile).toMatchObject({
      identifiers: expect.arrayContaining([
        { type: "userId", value: userId },
        { type: "email", value: email },
        { type: "phone", value: phone },
        { type: "anonymousId", value: `device-${userId}` },
      ]),
      traits: { firstName: "Ada" },
      computed: { orders: 3, spent: 15 },
      segments: ["vip"],
      consent: [{ channel: "email", topic: "marketing", status: "granted", kind: "express", source: "form" }],
      addresses: expect.arrayContaining([{ channel: "email", value: email, status: "active" }]),
    });
  });

  it("finds the same customer by every form of reference", async () => {
    const { customerId } = await hub.profile(`userId:${userId}`);
    const references = [
      customerId,
      `userId:${userId}`,
      `email:${email}`,
      `email:  ${email.toUpperCase()} `,
      `phone:${phone}`,
      "phone:+49 30 901820",
      `anonymousId:device-${userId}`,
    ];
    for (const ref of references) {
      const inPath = await get(`/v1/profiles/${encodeURIComponent(ref)}`);
      const inQuery = await get(`/v1/profiles?ref=${encodeURIComponent(ref)}`);
      expect([ref, Profile.parse(inPath.body).customerId]).toEqual([ref, customerId]);
      expect([ref, Profile.parse(inQuery.body).customerId]).toEqual([ref, customerId]);
    }
  });

  it("finds identifiers with characters that have a meaning in URLs", async () => {
    const odd = `a/b?c=d&e#f%41 +${randomUUID()}`;
    await hub.collect("identify", { userId: odd });
    await hub.settle();
    const ref = encodeURIComponent(`userId:${odd}`);
    const answers = await Promise.all([get(`/v1/profiles/${ref}`), get(`/v1/profiles?ref=${ref}`)]);
    for (const { body } of answers)
      expect(Profile.parse(body).identifiers).toContainEqual({ type: "userId", value: odd });
  });

  it("answers a merged customerId with the survivor", async () => {
    const [first, second] = [`m1-${randomUUID()}`, `m2-${randomUUID()}`];
    await hub.collect("track", { anonymousId: first, event: "Looked" });
    await hub.settle();
    const { customerId: absorbed } = await hub.profile(`anonymousId:${first}`);
    await hub.collect("identify", { userId: second });
    await hub.settle();
    await hub.collect("identify", { userId: second, anonymousId: first });
    await hub.settle();
    const { status, body } = await get(`/v1/profiles/${absorbed}`);
    expect(status).toBe(200);
    expect(Profile.parse(body).customerId).toBe((await hub.profile(`userId:${second}`)).customerId);
    const items = (await hub.timeline(absorbed)).map(({ kind, name }) => name ?? kind);
    expect(items).toEqual(expect.arrayContaining(["Looked", "merge"]));
  });

  it.each([
    "/v1/profiles/userId:nobody",
    "/v1/profiles/cus_nobody",
    "/v1/profiles/nothing",
    "/v1/profiles/shoe:42",
  ])("GET %s is 404", async (path) => {
    const { status, body } = await get(path);
    expect([status, Problem.parse(body).code]).toEqual([404, "not_found"]);
  });

  it("wants a reference", async () => {
    const { status, body } = await get("/v1/profiles");
    expect([status, Problem.parse(body).code]).toEqual([400, "invalid_request"]);
  });
});

describe("GET /v1/profiles/{ref}/timeline", () => {
  const timeline = (query = "") => get(`/v1/profiles/userId:${userId}/timeline${query}`);

  it("lists events, decisions, messages and outcomes, newest first", async () => {
    const [mail] = await hub.outbox({ to: email });
    await hub.feedback(mail?.messageId ?? "", "delivered");
    await hub.settle();
    const { items } = listOf(TimelineItem).parse((await timeline("?limit=100")).body);
    expect(new Set(items.map(({ kind }) => kind))).toEqual(
      new Set(["event", "decision", "message", "outcome"]),
    );
    const times = items.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
    const order = items.find((item) => item.kind === "event" && item.name === "Order Completed");
    expect(order).toMatchObject({ type: "track", properties: { total: 5 } });
  });

  it("pages with a cursor: nothing twice, nothing left out", async () => {
    const all = await hub.timeline(`userId:${userId}`);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? "?limit=2" : `?limit=2&cursor=${encodeURIComponent(cursor)}`;
      const page = listOf(TimelineItem).parse((await timeline(query)).body);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== null);
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  it("gives 50 unless asked for another number", async () => {
    const many = `many-${randomUUID()}`;
    const batch = Array.from({ length: 60 }, (_, index) => ({
      type: "track",
      userId: many,
      event: `E${index}`,
    }));
    await hub.collect("batch", { batch });
    await hub.settle();
    const page = listOf(TimelineItem).parse((await get(`/v1/profiles/userId:${many}/timeline`)).body);
    expect(page.items).toHaveLength(50);
    expect(page.cursor).not.toBeNull();
  });

  it.each(["limit=0", "limit=101", "limit=ten", "limit=1.5", "cursor=nonsense"])(
    "refuses ?%s",
    async (query) => {
      const { status, body } = await timeline(`?${query}`);
      expect([status, Problem.parse(body).code]).toEqual([400, "invalid_request"]);
    },
  );
});
