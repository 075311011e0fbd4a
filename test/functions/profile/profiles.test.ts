import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import type { CollectedEvent } from "#domain/records/event.ts";
import { operations } from "#functions/profile/api/operations.ts";
import { profileCalls } from "#functions/profile/api/profiles.ts";
import { applyGroup } from "#usecases/apply/apply-group.ts";
import { event, identify, minutesAgo, track } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { callerOf } from "../../support/handlers/requests.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();

const PROFILE = "GET /v1/profiles/{ref}";
const TIMELINE = "GET /v1/profiles/{ref}/timeline";

const inbox = { send: async () => undefined };
const hubWith = async (...events: CollectedEvent[]) => {
  const profiles = memoryProfiles(playbook);
  await applyGroup(profiles.dependencies, { v: 1, group: "u", events });
  const { customers, history, clock } = profiles.dependencies;
  return callerOf(
    operations,
    profileCalls({ customers, history, clock, inbox, playbook: async () => playbook }),
  );
};

const ada = [
  identify({ firstName: "Ada", email: "Ada@Shop.example", nick: null }, { userId: "u1", anonymousId: "a1" }),
  track("Order Completed", { userId: "u1", at: minutesAgo(30), properties: { total: 10.1 } }),
  track("Order Completed", { userId: "u1", at: minutesAgo(20), properties: { total: 20.2 } }),
  track("Order Completed", { userId: "u1", at: minutesAgo(10), properties: { total: 0 } }),
  track("Consent Changed", {
    userId: "u1",
    at: minutesAgo(5),
    properties: { channel: "email", topic: "marketing", status: "granted", kind: "express", source: "form" },
  }),
];

describe("GET /v1/profiles/{ref}", () => {
  it("should answer with the profile in the contract's shape", async () => {
    const call = await hubWith(...ada);

    const { status, json } = await call(PROFILE, { params: { ref: "userId:u1" } });

    expect(status).toBe(200);
    expect(json).toMatchObject({
      identifiers: [
        { type: "anonymousId", value: "a1" },
        { type: "email", value: "ada@shop.example" },
        { type: "userId", value: "u1" },
      ],
      traits: { firstName: "Ada", email: "Ada@Shop.example" },
      computed: { orders: 3, spent: 30.3, recentViews: 0 },
      segments: ["vip"],
      consent: [{ channel: "email", topic: "marketing", status: "granted", kind: "express", source: "form" }],
      addresses: [{ channel: "email", value: "ada@shop.example", status: "active" }],
      createdAt: minutesAgo(30),
      version: 1,
    });
    expect(z.safeParse(operations.showProfile.answers[200], json)).toMatchObject({ success: true });
  });

  it("should show with a consent what proves it and when it ends", async () => {
    const of = { channel: "sms", topic: "marketing" };
    const call = await hubWith(
      identify({}, { userId: "u1" }),
      track("Consent Changed", {
        userId: "u1",
        at: minutesAgo(5),
        properties: {
          ...of,
          status: "granted",
          kind: "implied",
          source: "purchase",
          text: "terms v2",
          expiresAt: "2028-11-21",
        },
      }),
    );

    const { json } = await call(PROFILE, { params: { ref: "userId:u1" } });

    expect(json).toMatchObject({
      consent: [
        {
          ...of,
          status: "granted",
          kind: "implied",
          source: "purchase",
          at: minutesAgo(5),
          text: "terms v2",
          expiresAt: "2028-11-21T00:00:00.000Z",
        },
      ],
    });
    expect(z.safeParse(operations.showProfile.answers[200], json)).toMatchObject({ success: true });
  });

  it.each([
    ["an e-mail however it is written", PROFILE, { params: { ref: "email: ADA@shop.EXAMPLE " } }],
    ["an encoded reference", PROFILE, { params: { ref: "email%3Aada%40shop.example" } }],
    ["the query", "GET /v1/profiles", { query: { ref: "anonymousId:a1" } }],
    ["customerId", PROFILE, { params: { ref: "cus_00000000000000000000000001" } }],
  ] as const)("should find the customer by %s", async (_, route, members) => {
    const call = await hubWith(...ada);

    const answer = await call(route, members);

    expect(answer.json).toMatchObject({ customerId: "cus_00000000000000000000000001" });
  });

  it.each(["userId:nobody", "shoeSize:43", "email:not-an-address", "cus_unknown"])(
    "should answer not_found for %s",
    async (ref) => {
      const call = await hubWith(...ada);

      await expect(call(PROFILE, { params: { ref } })).rejects.toMatchObject({ code: "not_found" });
    },
  );

  it("should ask for a reference when there is none", async () => {
    const call = await hubWith();

    await expect(call("GET /v1/profiles")).rejects.toMatchObject({
      code: "invalid_request",
      errors: [{ path: "ref" }],
    });
  });

  it("should answer for a merged customerId with the survivor", async () => {
    const profiles = memoryProfiles(playbook);
    const apply = (group: string, ...events: CollectedEvent[]) =>
      applyGroup(profiles.dependencies, { v: 1, group, events });
    await apply("a", track("Product Viewed", { anonymousId: "a1" }));
    await apply("u", identify({ firstName: "Ada" }, { userId: "u1" }));
    await apply("u", identify({}, { userId: "u1", anonymousId: "a1" }));
    const { customers, history, clock } = profiles.dependencies;
    const call = callerOf(
      operations,
      profileCalls({ customers, history, clock, inbox, playbook: async () => playbook }),
    );

    const absorbed = await call(PROFILE, { params: { ref: "cus_00000000000000000000000001" } });

    expect(absorbed).toEqual(await call(PROFILE, { params: { ref: "userId:u1" } }));
    const { json } = await call(TIMELINE, { params: { ref: "userId:u1" } });
    expect(json).toMatchObject({ cursor: null });
    expect(JSON.stringify(json)).toContain('"kind":"merge"');
    expect(JSON.stringify(json)).toContain("Product Viewed");
  });
});

describe("GET /v1/profiles/{ref}/timeline", () => {
  it("should give pages of facts, newest first, in the contract's shape", async () => {
    const clicked = event({
      type: "outcome",
      name: "message.clicked",
      userId: "u1",
      at: minutesAgo(0.5),
      properties: { messageId: "msg_1", action: "hero", outcome: "clicked", url: "https://shop.example" },
      depth: 1,
    });
    const call = await hubWith(...ada, clicked);

    const first = await call(TIMELINE, { params: { ref: "userId:u1" }, query: { limit: "2" } });

    expect(z.safeParse(operations.showTimeline.answers[200], first.json)).toMatchObject({ success: true });
    expect(first.json).toMatchObject({
      items: [
        { kind: "outcome", outcome: "clicked", messageId: "msg_1", action: "hero", at: minutesAgo(0.5) },
        { kind: "event", type: "identify", name: "identify" },
      ],
      cursor: expect.any(String),
    });
  });

  it.each([{ limit: "0" }, { limit: "101" }, { limit: "x" }, { cursor: "nonsense" }])(
    "should refuse %o",
    async (query) => {
      const call = await hubWith(...ada);

      const asked = call(TIMELINE, { params: { ref: "userId:u1" }, query });

      await expect(asked).rejects.toMatchObject({ code: "invalid_request" });
    },
  );
});
