import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { METRICS } from "#ports/metric-names.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { countedIn } from "../support/hub/metrics.ts";
import { consentTo, newReader, newUserId } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

let cloud: LocalCloud;
let hub: Hub;
beforeAll(async () => {
  cloud = await startTestCloud({ playbook: testFiles() });
  hub = hubAt(cloud.url);
});
afterEach(() => cloud.faults.clear());

const FOR_EVER = 1_000_000;
const deadLetters = (): number => countedIn(cloud.logs, METRICS.deadLettered);
const subjectsTo = async (to: string) => (await hub.outbox({ to })).map(({ subject }) => subject);
const order = (userId: string, order_id: string) =>
  hub.tell("track", { userId, event: "Order Completed", properties: { order_id, total: 5 } });

describe("an event that names 2,450 topics, twice", () => {
  const topics = Object.fromEntries(Array.from({ length: 2_450 }, (_, index) => [`x${index}`, true]));
  const context = { consent: { categoryPreferences: topics } };

  it("holds up nothing of that person, from whichever device", async () => {
    const { userId, email } = await newReader(hub, "topics");
    const anonymousId = newUserId("device");
    for (const n of [1, 2]) await hub.collect("track", { userId, event: `Flood ${n}`, context });
    await hub.collect("identify", { userId, anonymousId });
    await hub.collect("track", { anonymousId, event: "Product Viewed", properties: { product_id: "p1" } });
    await order(userId, "T-1");
    await hub.advance("PT5S");

    expect(await subjectsTo(email)).toEqual(["Order T-1"]);
    const names = (await hub.timeline(`userId:${userId}`)).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["Flood 1", "Flood 2", "identify", "Product Viewed", "Order Completed"]),
    );
    const { computed, consent } = await hub.profile(`userId:${userId}`);
    expect(computed).toMatchObject({ orders: 1 });
    expect(consent.map(({ channel, topic }) => [channel, topic])).toEqual([["email", "marketing"]]);
    expect(deadLetters()).toBe(0);
  });

  it("leaves the next withdrawal its room", async () => {
    const { userId } = await newReader(hub, "topics");
    for (const n of [1, 2]) await hub.collect("track", { userId, event: `Flood ${n}`, context });
    const granted = consentTo("email", userId);
    const properties = { ...granted.properties, status: "withdrawn" };
    await hub.collect("track", { ...granted, properties });
    await hub.advance("PT5S");
    const { consent } = await hub.profile(`userId:${userId}`);
    expect(consent).toMatchObject([{ channel: "email", topic: "marketing", status: "withdrawn" }]);
  });
});

describe("a bus that takes nothing for five minutes", () => {
  it("makes triggers wait: each is decided once, each mail leaves once, and nothing is given up", async () => {
    const { userId, email } = await newReader(hub, "outage");
    const other = await newReader(hub, "outage");
    cloud.faults.add({ target: "events:PutEvents", kind: "error", at: "before", times: FOR_EVER });
    await order(userId, "O-1");
    await hub.collect("track", { userId: other.userId, event: "Signed Up" });
    await hub.advance("PT2M");
    await hub.collect("track", { userId, event: "Product Viewed", properties: { product_id: "p1" } });
    await order(userId, "O-2");
    await hub.advance("PT3M");
    expect(await subjectsTo(email)).toEqual([]);

    cloud.faults.clear();
    await hub.advance("PT5M");
    expect((await subjectsTo(email)).toSorted()).toEqual(["Order O-1", "Order O-2"]);
    expect(await subjectsTo(other.email)).toHaveLength(1);
    const decided = (await hub.timeline(`userId:${userId}`)).filter(({ kind }) => kind === "decision");
    expect(decided).toHaveLength(2);
    expect(deadLetters()).toBe(0);
  });
});
