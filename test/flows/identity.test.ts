import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Hub } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { testFiles } from "../support/playbook/files.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(testFiles());
});

const fresh = (kind: string): string => `${kind}-${randomUUID()}`;
const track = (who: Record<string, string>, event: string, members: Record<string, unknown> = {}) =>
  hub.collect("track", { ...who, event, messageId: randomUUID(), ...members });
const identify = (who: Record<string, string>, traits: Record<string, unknown> = {}) =>
  hub.collect("identify", { ...who, traits, messageId: randomUUID() });
const refs = async (ref: string): Promise<string[]> =>
  (await hub.profile(ref)).identifiers.map(({ type, value }) => `${type}:${value}`).toSorted();
const eventsOf = async (ref: string): Promise<unknown[]> =>
  (await hub.timeline(ref)).filter(({ kind }) => kind === "event").map(({ name }) => name);
/** An anonymous visitor who is a customer of their own by now. */
const visitor = async (event: string): Promise<string> => {
  const anonymousId = fresh("visitor");
  await track({ anonymousId }, event, { properties: { price: 1 } });
  await hub.settle();
  return anonymousId;
};

describe("an anonymous visitor", () => {
  it("who says who they are takes along what they did", async () => {
    const anonymousId = await visitor("Product Viewed");
    const userId = fresh("user");
    await identify({ userId, anonymousId }, { firstName: "Ada" });
    await hub.settle();
    expect(await refs(`userId:${userId}`)).toEqual([`anonymousId:${anonymousId}`, `userId:${userId}`]);
    expect((await hub.profile(`anonymousId:${anonymousId}`)).computed).toMatchObject({ recentViews: 1 });
    expect(await eventsOf(`userId:${userId}`)).toEqual(["identify", "Product Viewed"]);
  });

  it("who turns out to be a customer we know merges into them; the former id answers with the survivor", async () => {
    const userId = fresh("user");
    await identify({ userId }, { firstName: "Ada" });
    await track({ userId }, "Order Completed", { properties: { order_id: "1", total: 4 } });
    const anonymousId = await visitor("Product Viewed");
    const before = await hub.profile(`anonymousId:${anonymousId}`);
    await identify({ userId, anonymousId });
    await hub.settle();

    const survivor = await hub.profile(`userId:${userId}`);
    expect(survivor.customerId).not.toBe(before.customerId);
    expect(survivor.computed).toMatchObject({ orders: 1, spent: 4, recentViews: 1 });
    expect(survivor.traits).toMatchObject({ firstName: "Ada" });
    for (const former of [before.customerId, `anonymousId:${anonymousId}`]) {
      expect(await hub.profile(former)).toEqual(survivor);
    }
    const timeline = await hub.timeline(before.customerId);
    expect(timeline).toEqual(await hub.timeline(survivor.customerId));
    expect(timeline.filter(({ kind }) => kind === "merge")).toMatchObject([
      { survivor: survivor.customerId, absorbed: before.customerId },
    ]);
    const times = timeline.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it("on three devices becomes one person, merge by merge, and is found by each", async () => {
    const userId = fresh("user");
    const devices = [];
    for (let n = 0; n < 3; n += 1) devices.push(await visitor("Product Viewed"));
    const former = await Promise.all(devices.map((id) => hub.profile(`anonymousId:${id}`)));
    for (const anonymousId of devices) {
      await identify({ userId, anonymousId });
      await hub.settle();
    }
    const survivor = await hub.profile(`userId:${userId}`);
    expect(survivor.computed).toMatchObject({ recentViews: 3 });
    for (const ref of [...devices.map((id) => `anonymousId:${id}`), ...former.map((one) => one.customerId)]) {
      expect((await hub.profile(ref)).customerId).toBe(survivor.customerId);
    }
    expect((await eventsOf(`userId:${userId}`)).filter((name) => name === "Product Viewed")).toHaveLength(3);
  });

  it("whose devices met by a mailbox first is followed through a chain of merges", async () => {
    const [one, two] = [await visitor("Product Viewed"), await visitor("Product Viewed")];
    const userId = fresh("user");
    await track({ userId }, "Product Viewed", { properties: { price: 1 } });
    await hub.settle();
    const former = await Promise.all([one, two].map((id) => hub.profile(`anonymousId:${id}`)));
    const email = `${fresh("mailbox")}@example.com`;
    for (const anonymousId of [one, two]) {
      await identify({ anonymousId }, { email });
      await hub.settle();
    }
    await hub.tell("identify", { userId, traits: { email } });
    await hub.settle();
    const survivor = await hub.profile(`userId:${userId}`);
    expect(survivor.computed).toMatchObject({ recentViews: 3 });
    for (const { customerId } of former) {
      expect((await hub.profile(customerId)).customerId).toBe(survivor.customerId);
    }
    const merges = (await hub.timeline(`email:${email}`)).filter(({ kind }) => kind === "merge");
    expect(merges).toHaveLength(2);
  });

  it("is the same person when the alias names the id they had, sent once or three times", async () => {
    const anonymousId = await visitor("Product Viewed");
    const userId = fresh("user");
    const alias = { previousId: anonymousId, userId, messageId: randomUUID() };
    for (const _ of [1, 2, 3]) await hub.collect("alias", alias);
    await hub.settle();
    expect(await refs(`userId:${userId}`)).toEqual([`anonymousId:${anonymousId}`, `userId:${userId}`]);
    expect((await hub.profile(`userId:${userId}`)).computed).toMatchObject({ recentViews: 1 });
  });

  it("goes on as the survivor: what comes under the old id counts for the person", async () => {
    const anonymousId = await visitor("Product Viewed");
    const userId = fresh("user");
    await identify({ userId, anonymousId });
    await hub.settle();
    await track({ anonymousId }, "Product Viewed", { properties: { price: 1 } });
    await hub.settle();
    expect((await hub.profile(`userId:${userId}`)).computed).toMatchObject({ recentViews: 2 });
  });
});

describe("two known people", () => {
  it("who share a device stay two: it belongs to the first, and the second shows that it is contested", async () => {
    const [ada, bea] = [fresh("ada"), fresh("bea")];
    const anonymousId = await visitor("Product Viewed");
    await identify({ userId: ada, anonymousId }, { firstName: "Ada" });
    await hub.settle();
    await identify({ userId: bea, anonymousId }, { firstName: "Bea" });
    await hub.settle();
    const [first, second] = [await hub.profile(`userId:${ada}`), await hub.profile(`userId:${bea}`)];
    expect(first.customerId).not.toBe(second.customerId);
    expect((await hub.profile(`anonymousId:${anonymousId}`)).customerId).toBe(first.customerId);
    expect(first.identifiers).toContainEqual({ type: "anonymousId", value: anonymousId });
    expect(second.identifiers).not.toContainEqual({ type: "anonymousId", value: anonymousId });
    expect(second.contested).toEqual([{ type: "anonymousId", value: anonymousId }]);
    expect([first.traits.firstName, second.traits.firstName]).toEqual(["Ada", "Bea"]);
    expect([first.computed.recentViews, second.computed.recentViews]).toEqual([1, 0]);
  });

  it("who share a mailbox stay two, and both are reached there", async () => {
    const [ada, bea] = [fresh("ada"), fresh("bea")];
    const email = `${fresh("family")}@example.com`;
    await hub.tell("identify", { userId: ada, traits: { email }, messageId: randomUUID() });
    await hub.settle();
    await hub.tell("identify", { userId: bea, traits: { email }, messageId: randomUUID() });
    await hub.settle();
    expect((await hub.profile(`email:${email}`)).customerId).toBe(
      (await hub.profile(`userId:${ada}`)).customerId,
    );
    expect((await hub.profile(`userId:${bea}`)).contested).toEqual([{ type: "email", value: email }]);
    for (const userId of [ada, bea]) {
      await track({ userId }, "Order Completed", { properties: { order_id: userId, total: 2 } });
    }
    await hub.settle();
    const subjects = (await hub.outbox({ to: email })).map(({ subject }) => subject);
    expect(subjects.toSorted()).toEqual([`Order ${ada}`, `Order ${bea}`].toSorted());
  });

  it("are not joined by an alias", async () => {
    const [ada, bea] = [fresh("ada"), fresh("bea")];
    for (const userId of [ada, bea]) await identify({ userId });
    await hub.collect("alias", { previousId: ada, userId: bea, messageId: randomUUID() });
    await hub.settle();
    const [first, second] = [await hub.profile(`userId:${ada}`), await hub.profile(`userId:${bea}`)];
    expect(first.customerId).not.toBe(second.customerId);
  });
});

describe("an address", () => {
  it("leads to its customer however it is written", async () => {
    const userId = fresh("user");
    const local = fresh("mixed");
    await identify(
      { userId },
      { email: `  ${local.toUpperCase()}@Example.COM `, phone: "+1 (202) 555-0143" },
    );
    await hub.settle();
    const { customerId } = await hub.profile(`userId:${userId}`);
    expect((await hub.profile(`email:${local}@example.com`)).customerId).toBe(customerId);
    expect((await hub.profile(` email:${local.toUpperCase()}@EXAMPLE.com`.trim())).customerId).toBe(
      customerId,
    );
    expect((await hub.profile("phone:+12025550143")).customerId).toBe(customerId);
    const byQuery = await hub.call("GET", `/v1/profiles?ref=${encodeURIComponent("phone:+12025550143")}`);
    expect(byQuery).toMatchObject({ status: 200, body: { customerId } });
  });
});

describe("many devices at once", () => {
  it("that name the same person concurrently end in one customer with every event counted once", async () => {
    const userId = fresh("user");
    const devices = Array.from({ length: 12 }, () => fresh("device"));
    await Promise.all(
      devices.flatMap((anonymousId) => [
        track({ anonymousId }, "Product Viewed", { properties: { price: 1 } }),
        identify({ userId, anonymousId }),
        track({ anonymousId }, "Order Completed", { properties: { order_id: anonymousId, total: 2 } }),
      ]),
    );
    await hub.settle();
    const survivor = await hub.profile(`userId:${userId}`);
    expect(survivor.computed).toMatchObject({ orders: 12, spent: 24, recentViews: 12 });
    const found = await Promise.all(
      devices.map(async (id) => (await hub.profile(`anonymousId:${id}`)).customerId),
    );
    expect(new Set(found)).toEqual(new Set([survivor.customerId]));
  });
});
