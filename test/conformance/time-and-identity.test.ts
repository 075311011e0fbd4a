import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import RudderAnalytics from "@rudderstack/rudder-sdk-node";
import { Analytics } from "@segment/analytics-node";
import { JSDOM } from "jsdom";
import { beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "#kernel/time.ts";
import type { Hub } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { testFiles } from "../support/playbook/files.ts";

/*
 * When and who, as each family of clients means it. Those that npm has run as they are; Python's and Go's by requests written
 * down from their public source: segmentio/analytics-python 2.3 (client.py, request.py), segmentio/analytics-go 3 (track.go,
 * message.go) and its versions before (time.go), rudderlabs/analytics-go 4 (analytics.go, message.go).
 */

const WRITE_KEY = "local-write-key";
const BASIC = { authorization: `Basic ${btoa(`${WRITE_KEY}:`)}` };
const YEAR_AGO = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 365 * DAY_MS);

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(testFiles());
});

const fresh = (kind: string): string => `${kind}-${randomUUID()}`;
const orderedAt = async (ref: string): Promise<readonly string[]> => {
  await hub.settle();
  return (await hub.timeline(ref)).filter(({ name }) => name === "Order Completed").map(({ at }) => at);
};
/** Within a minute of now: what was sent just now happened just now. */
const isNow = (at: string | undefined): boolean => Math.abs(Date.now() - Date.parse(at ?? "")) < 60_000;
const order = { order_id: "O-1", total: 10 };

describe("Segment's Node client", () => {
  it("dates an event by its timestamp, and one without by now", async () => {
    const client = new Analytics({ writeKey: WRITE_KEY, host: hub.url, flushAt: 10 });
    const [old, now] = [fresh("old"), fresh("now")];
    client.track({ userId: old, event: "Order Completed", properties: order, timestamp: YEAR_AGO });
    client.track({ userId: now, event: "Order Completed", properties: order });
    client.track({ anonymousId: now, userId: "undefined", event: "Order Completed", properties: order });
    await client.closeAndFlush({ timeout: 40_000 });
    // Corrected by what its way took, as Segment does.
    const late = Date.parse((await orderedAt(`userId:${old}`))[0] ?? "") - YEAR_AGO.getTime();
    expect(late >= 0 && late < 60_000).toBe(true);
    expect((await orderedAt(`userId:${now}`)).map(isNow)).toEqual([true]);
    expect(await orderedAt(`anonymousId:${now}`)).toHaveLength(1);
    expect((await hub.call("GET", "/v1/profiles/userId:undefined")).status).toBe(404);
  });
});

describe("RudderStack's Node client", () => {
  it("dates an event by an explicit timestamp, beside an originalTimestamp and a sentAt of now", async () => {
    const client = new RudderAnalytics(WRITE_KEY, { dataPlaneUrl: hub.url, flushAt: 10 });
    const [old, now] = [fresh("old"), fresh("now")];
    client.track({ userId: old, event: "Order Completed", properties: order, timestamp: YEAR_AGO });
    client.track({ userId: now, event: "Order Completed", properties: order });
    await client.flush();
    expect(await orderedAt(`userId:${old}`)).toEqual([YEAR_AGO.toISOString()]);
    expect((await orderedAt(`userId:${now}`)).map(isNow)).toEqual([true]);
  });
});

const { resolve } = createRequire(import.meta.url);
const SEGMENT = resolve("@segment/analytics-next/dist/umd/index.js");
/** The one for pages stands beside those for bundlers, under no name of its own. */
const RUDDERSTACK = join(dirname(resolve("@rudderstack/analytics-js/bundled")), "../umd/index.js");

/** A bundle as its package has it, in a page of another origin, with CORS. */
const pageWith = (bundlePath: string): JSDOM => {
  const page = new JSDOM("<!doctype html><title>Shop</title>", {
    url: "http://shop.example/",
    runScripts: "dangerously",
    pretendToBeVisual: true,
  });
  page.window.eval(readFileSync(bundlePath, "utf8"));
  return page;
};
/** Once what a page sent has been applied; it sends in the background. */
const untilOrdered = (ref: string): Promise<unknown> =>
  expect
    .poll(
      async () => {
        await hub.settle();
        const { status, body } = await hub.call("GET", `/v1/profiles/${encodeURIComponent(ref)}`);
        return status === 200 && (body as { computed: { orders: number } }).computed.orders;
      },
      { timeout: 40_000 },
    )
    .toBe(1);

describe("Segment's browser client", () => {
  it("knows a visitor before and after they log in as one person, whose orders are of now", async () => {
    const userId = fresh("kim");
    const page = pageWith(SEGMENT);
    const run = (code: string): Promise<unknown> => Promise.resolve(page.window.eval(code));
    await run(`AnalyticsNext.AnalyticsBrowser.load({ writeKey: "${WRITE_KEY}", cdnURL: "${hub.url}" })
      .then(([analytics]) => { window.analytics = analytics; })`);
    await run(`analytics.track("Product Viewed", { product_id: "p1" })`);
    await run(`analytics.identify("${userId}", { firstName: "Ada" })`);
    await run(`analytics.track("Order Completed", ${JSON.stringify(order)})`);
    await untilOrdered(`userId:${userId}`);
    const { traits, computed } = await hub.profile(`userId:${userId}`);
    expect(traits).toMatchObject({ firstName: "Ada" });
    expect(computed).toMatchObject({ recentViews: 1 });
    expect((await orderedAt(`userId:${userId}`)).map(isNow)).toEqual([true]);
    page.window.close();
  });
});

describe("RudderStack's browser client", () => {
  it("sends an empty userId for a visitor, traits in the context and times of its own, and is understood", async () => {
    const userId = fresh("kim");
    const page = pageWith(RUDDERSTACK);
    const source = { id: "s", name: "s", writeKey: WRITE_KEY, enabled: true, workspaceId: "w", config: {} };
    const config = JSON.stringify({
      source: { ...source, destinations: [], connections: [], dataplanes: {} },
    });
    page.window.eval(`
      window.client = new rudderanalytics.RudderAnalytics();
      client.load("${WRITE_KEY}", "${hub.url}", {
        getSourceConfig: () => (${config}),
        polyfillIfRequired: false,
        storage: { type: "memoryStorage" },
      });
      client.track("Product Viewed", { product_id: "p1" });
      client.identify("${userId}", { firstName: "Ada" });
      client.track("Order Completed", ${JSON.stringify(order)}, { originalTimestamp: "${YEAR_AGO.toISOString()}" });
    `);
    await untilOrdered(`userId:${userId}`);
    await expect
      .poll(async () => (await hub.profile(`userId:${userId}`)).computed.recentViews, { timeout: 40_000 })
      .toBe(1);
    const { traits, identifiers } = await hub.profile(`userId:${userId}`);
    expect(traits).toMatchObject({ firstName: "Ada" });
    expect(identifiers.map(({ type }) => type).toSorted()).toEqual(["anonymousId", "userId"]);
    expect((await orderedAt(`userId:${userId}`))[0]?.slice(0, 13)).toBe(YEAR_AGO.toISOString().slice(0, 13));
    page.window.close();
  });

  it("may send every header that it asks for, a retry's too", async () => {
    const headers = [
      ...["authorization", "content-type", "anonymousid", "sentat", "rsa-retry-attempt", "rsa-retry-reason"],
      ...["rsa-since-last-attempt", "rsa-since-first-attempt"],
    ];
    const answer = await fetch(`${hub.url}/v1/track`, {
      method: "OPTIONS",
      headers: {
        origin: "https://shop.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": headers.join(","),
      },
    });
    const allowed = answer.headers.get("access-control-allow-headers")?.toLowerCase().split(/, */) ?? [];
    expect(allowed).toEqual(expect.arrayContaining(headers));
  });
});

describe("clients whose requests are written down", () => {
  const track = (ids: object, more: object) => ({
    type: "track",
    event: "Order Completed",
    messageId: randomUUID(),
    properties: order,
    integrations: {},
    ...ids,
    ...more,
  });
  const post = async (body: object): Promise<void> => {
    const { status, body: answer } = await hub.call("POST", "/v1/batch", body, BASIC);
    expect([status, answer]).toEqual([200, { success: true }]);
  };
  /** As Python's `isoformat` has it. */
  const isoformat = (date: Date): string => date.toISOString().replace("Z", "000+00:00");
  const hourSlow = (date: Date): Date => new Date(date.getTime() - 3_600_000);

  it("Segment's Python client: null for the other id, times with +00:00", async () => {
    const [old, now] = [fresh("old"), fresh("now")];
    const context = { library: { name: "analytics-python", version: "2.3.4" } };
    const at = (date: Date) => date.toISOString().replace("Z", "+00:00");
    const batch = [
      track({ userId: old, anonymousId: null }, { context, timestamp: at(YEAR_AGO) }),
      track({ userId: null, anonymousId: now }, { context, timestamp: at(hourSlow(new Date())) }),
    ];
    await post({ batch, sentAt: isoformat(hourSlow(new Date())), writeKey: WRITE_KEY });
    // The clock that is an hour slow was so a year ago too.
    const corrected = Date.parse((await orderedAt(`userId:${old}`))[0] ?? "") - YEAR_AGO.getTime();
    expect(corrected >= 3_600_000 && corrected < 3_660_000).toBe(true);
    expect((await orderedAt(`anonymousId:${now}`)).map(isNow)).toEqual([true]);
  });

  it("Segment's Go client: nanoseconds, and a messageId of the batch's own", async () => {
    const [old, now] = [fresh("old"), fresh("now")];
    const nano = (date: Date): string => date.toISOString().replace("Z", "123456Z");
    const batch = [
      track({ userId: old }, { timestamp: nano(YEAR_AGO) }),
      track({ anonymousId: now }, { timestamp: nano(new Date()) }),
    ];
    await post({ messageId: randomUUID(), sentAt: nano(new Date()), batch });
    expect((await orderedAt(`userId:${old}`))[0]?.slice(0, 16)).toBe(YEAR_AGO.toISOString().slice(0, 16));
    expect((await orderedAt(`anonymousId:${now}`)).map(isNow)).toEqual([true]);
  });

  it("Segment's Go client of before: milliseconds since 1970, and 0 for a time that was not set", async () => {
    const [old, now] = [fresh("old"), fresh("now")];
    const batch = [
      track({ userId: old }, { timestamp: YEAR_AGO.getTime() }),
      track({ userId: now }, { timestamp: 0 }),
    ];
    await post({ messageId: randomUUID(), sentAt: Date.now(), batch });
    expect((await orderedAt(`userId:${old}`))[0]?.slice(0, 16)).toBe(YEAR_AGO.toISOString().slice(0, 16));
    expect((await orderedAt(`userId:${now}`)).map(isNow)).toEqual([true]);
  });

  it("RudderStack's Go client: the userId as anonymousId, and Go's year 1 for a time that was not set", async () => {
    const [old, now] = [fresh("old"), fresh("now")];
    const unset = "0001-01-01T00:00:00Z";
    const times = (date: Date) => ({
      originalTimestamp: date.toISOString(),
      sentAt: new Date().toISOString(),
    });
    const batch = [
      track({ userId: old, anonymousId: old }, { ...times(YEAR_AGO), timestamp: unset }),
      track({ userId: now, anonymousId: now }, { ...times(new Date()), timestamp: unset, receivedAt: unset }),
    ];
    await post({ batch });
    expect((await orderedAt(`userId:${old}`))[0]?.slice(0, 16)).toBe(YEAR_AGO.toISOString().slice(0, 16));
    expect((await orderedAt(`userId:${now}`)).map(isNow)).toEqual([true]);
  });
});
