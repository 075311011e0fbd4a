import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { z } from "zod";
import type { Hub } from "../../../support/hub/client.ts";
import { testHub } from "../../../support/hub/local-cloud.ts";

const Decisions = z.object({
  items: z.array(
    z.object({
      decisionId: z.string(),
      customerId: z.string(),
      placement: z.string(),
      actions: z.array(z.string()),
      messages: z.array(z.string()),
    }),
  ),
});
const Events = z.object({
  items: z.array(
    z.object({
      title: z.string(),
      kind: z.string(),
      content: z.record(z.string(), z.json()),
      trusted: z.boolean(),
    }),
  ),
});

let hub: Hub;
beforeAll(async () => {
  hub = await testHub();
});

const get = async (path: string): Promise<unknown> => (await hub.call("GET", path)).body;
const decisions = async (query = "") => Decisions.parse(await get(`/_local/decisions?${query}`)).items;

/** Somebody new who may be written to and signs up. @returns the userId */
const signUp = async (): Promise<string> => {
  const userId = randomUUID();
  const consent = {
    channel: "email",
    topic: "marketing",
    status: "granted",
    kind: "express",
    source: "test",
  };
  const batch = [
    { type: "identify", userId, traits: { email: `${userId}@example.com`, firstName: "Kim" } },
    { type: "track", userId, event: "Consent Changed", properties: consent },
    { type: "track", userId, event: "Signed Up" },
  ];
  await hub.call("POST", "/v1/batch", { batch });
  await hub.settle();
  return userId;
};

it("lists decisions newest first, by customer, and by the message that one made", async () => {
  const first = await signUp();
  const second = await signUp();
  const ofSecond = z.object({ customerId: z.string() }).parse(await get(`/v1/profiles/userId:${second}`));

  const all = await decisions();
  expect(all.map(({ placement }) => placement)).toEqual(["trigger.welcome", "trigger.welcome"]);
  expect(all[0]?.customerId).toBe(ofSecond.customerId);
  expect(await decisions(`customerId=${ofSecond.customerId}`)).toEqual([all[0]]);
  const [message = ""] = all[1]?.messages ?? [];
  expect(await decisions(`messageId=${message}`)).toEqual([all[1]]);
  expect(await get(`/_local/outbox?messageId=${message}`)).toMatchObject({
    items: [{ to: `${first}@example.com` }],
  });
  expect(await decisions(`id=${all[0]?.decisionId}`)).toEqual([all[0]]);
  expect(await decisions("id=dec_unknown")).toEqual([]);
});

it("offers every event of the live playbook with values that its call accepts", async () => {
  const { items } = Events.parse(await get("/_local/events"));
  expect(items.map(({ title }) => title)).toEqual(
    expect.arrayContaining(["identify: who somebody is", "track: Signed Up", "track: Order Completed"]),
  );
  expect(items.find(({ title }) => title === "track: Order Completed")?.trusted).toBe(true);
  expect(items.find(({ title }) => title === "track: Product Viewed")?.content).toMatchObject({
    properties: { price: 1, currency: "EUR", url: "https://www.example.com/" },
  });
  for (const { kind, content } of items) {
    const { status } = await hub.call("POST", `/v1/${kind}`, { userId: "any", ...content });
    expect([kind, content, status]).toEqual([kind, content, 200]);
  }
});

it("tells somebody who opens the bare address where to go, and another site nothing", async () => {
  const { status, body } = await hub.call("GET", "/");
  expect([status, body]).toEqual([200, expect.stringContaining('href="/_local/event"')]);
  expect((await hub.call("GET", "/", undefined, { origin: "https://evil.example" })).status).toBe(403);
  expect((await hub.call("POST", "/", {})).status).toBe(404);
});
