import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import RudderAnalytics from "@rudderstack/rudder-sdk-node";
import { Analytics } from "@segment/analytics-node";
import { JSDOM } from "jsdom";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { testFiles } from "../support/playbook/files.ts";

const WRITE_KEY = "local-write-key";
const ORDERS = 12;

let cloud: LocalCloud;
let hub: Hub;
beforeAll(async () => {
  cloud = await startTestCloud({ playbook: testFiles() });
  hub = hubAt(cloud.url);
});
afterEach(() => cloud.faults.clear());

const person = (): string => `client-${randomUUID()}`;
const order = (n: number) => ({ order_id: `O-${n}`, total: 10 });

/** 429 from the stage, 503 from the function, and an answer that is lost after the events were taken. */
const breakCollecting = (route: string): void => {
  cloud.faults.add({ target: route, kind: "throttle", at: "before", times: 1 });
  cloud.faults.add({ target: "collect/http", kind: "throttle", at: "before", times: 1 });
  cloud.faults.add({ target: "collect/http", kind: "error", at: "after", times: 1 });
};
const openFaults = (): number => cloud.faults.list().length;

/** Each order is in the timeline and in the computed counts, once. */
const expectEachOnce = async (userId: string, orders = ORDERS): Promise<void> => {
  await hub.settle();
  const timeline = await hub.timeline(`userId:${userId}`);
  const seen = timeline
    .filter(({ kind, name }) => kind === "event" && name === "Order Completed")
    .map(({ properties }) => (properties as { order_id: string }).order_id);
  expect(seen.toSorted()).toEqual(Array.from({ length: orders }, (_, n) => order(n).order_id).toSorted());
  const { computed, traits } = await hub.profile(`userId:${userId}`);
  expect(computed).toMatchObject({ orders, spent: 10 * orders });
  expect(traits).toMatchObject({ firstName: "Ada" });
};

describe("@segment/analytics-node", () => {
  it("delivers every event once through 429, 503 and a lost answer", async () => {
    const userId = person();
    const client = new Analytics({ writeKey: WRITE_KEY, host: cloud.url, flushAt: 5, maxRetries: 8 });
    const failures: unknown[] = [];
    client.on("error", (error) => failures.push(error));
    breakCollecting("POST /v1/batch");
    client.identify({ userId, traits: { firstName: "Ada" } });
    for (let n = 0; n < ORDERS; n += 1) {
      client.track({ userId, event: "Order Completed", properties: order(n) });
    }
    await client.closeAndFlush({ timeout: 40_000 });
    expect(failures).toEqual([]);
    expect(openFaults()).toBe(0);
    await expectEachOnce(userId);
  });
});

describe("@rudderstack/rudder-sdk-node", () => {
  it("delivers every event once, gzipped and typed as a form, through 429, 503 and a lost answer", async () => {
    const userId = person();
    const failures: unknown[] = [];
    const client = new RudderAnalytics(WRITE_KEY, {
      dataPlaneUrl: cloud.url,
      flushAt: ORDERS + 1,
      errorHandler: (error: unknown) => failures.push(error),
    });
    breakCollecting("POST /v1/batch");
    client.identify({ userId, traits: { firstName: "Ada" } });
    for (let n = 0; n < ORDERS; n += 1) {
      client.track({ userId, event: "Order Completed", properties: order(n) });
    }
    await client.flush();
    expect(failures).toEqual([]);
    expect(openFaults()).toBe(0);
    await expectEachOnce(userId);
  });
});

/** The package's own browser bundle in a page of another origin, sending through jsdom's XMLHttpRequest with CORS. */
const openPage = () => {
  const bundle = createRequire(import.meta.url).resolve("@segment/analytics-next/dist/umd/index.js");
  const page = new JSDOM("<!doctype html><title>Shop</title>", {
    url: "http://shop.example/",
    runScripts: "dangerously",
    pretendToBeVisual: true,
  });
  page.window.eval(readFileSync(bundle, "utf8"));
  return page;
};

describe("@segment/analytics-next in a browser", () => {
  it("takes its settings from us and delivers every event once through 429, 503 and a lost answer", async () => {
    const userId = person();
    const page = openPage();
    const run = (code: string): Promise<unknown> => Promise.resolve(page.window.eval(code));
    await run(`
      AnalyticsNext.AnalyticsBrowser.load(
        { writeKey: "${WRITE_KEY}", cdnURL: "${cloud.url}" },
        { disableClientPersistence: true },
      ).then(([analytics]) => { window.analytics = analytics; })`);
    breakCollecting("POST /v1/t");
    await run(`analytics.identify("${userId}", { firstName: "Ada" })`);
    await run(`Promise.all(Array.from({ length: ${ORDERS} }, (_, n) =>
      analytics.track("Order Completed", { order_id: "O-" + n, total: 10 })))`);
    await expect.poll(openFaults, { timeout: 40_000 }).toBe(0);
    await expect
      .poll(
        async () => {
          await hub.settle();
          return (await hub.profile(`userId:${userId}`)).computed.orders;
        },
        { timeout: 40_000 },
      )
      .toBe(ORDERS);
    await expectEachOnce(userId);
    page.window.close();
  });
});

describe("clients known by their habits", () => {
  const post = async (
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string>,
  ) => fetch(`${cloud.url}${path}`, { method: "POST", body, headers });
  const batchOf = (userId: string, members: Record<string, unknown> = {}) => ({
    ...members,
    sentAt: new Date().toISOString(),
    batch: [
      { type: "identify", userId, traits: { firstName: "Ada" }, messageId: randomUUID() },
      ...Array.from({ length: ORDERS }, (_, n) => ({
        type: "track",
        userId,
        event: "Order Completed",
        properties: order(n),
        messageId: randomUUID(),
      })),
    ],
  });

  it("analytics-python, with its key in the body alone, hears exactly 200 with JSON, the second time too", async () => {
    const userId = person();
    const body = JSON.stringify(batchOf(userId, { writeKey: WRITE_KEY }));
    for (const _ of [1, 2]) {
      const answer = await post("/v1/batch", body, { "content-type": "application/json" });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ success: true });
    }
    await expectEachOnce(userId);
  });

  it("analytics-python, packing with gzip, is understood", async () => {
    const userId = person();
    const body = Uint8Array.from(gzipSync(JSON.stringify(batchOf(userId, { writeKey: WRITE_KEY }))));
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    expect((await post("/v1/batch", body, headers)).status).toBe(200);
    await expectEachOnce(userId);
  });

  it("a refusal tells it code and message in JSON", async () => {
    const answer = await post("/v1/batch", JSON.stringify({ ...batchOf(person()), writeKey: "wrong" }), {
      "content-type": "application/json",
    });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: "key_unknown", message: expect.any(String) });
  });

  it("a browser that types JSON as text is understood, and may read the answer from any site", async () => {
    const userId = person();
    const headers = {
      "content-type": "text/plain",
      authorization: `Basic ${btoa(`${WRITE_KEY}:`)}`,
      origin: "https://shop.example",
    };
    const answer = await post("/v1/b", JSON.stringify(batchOf(userId)), headers);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-expose-headers")?.toLowerCase()).toContain("retry-after");
    await expectEachOnce(userId);
  });

  it("a browser that asks first may send the headers that analytics.js sends", async () => {
    const answer = await fetch(`${cloud.url}/v1/t`, {
      method: "OPTIONS",
      headers: {
        origin: "https://shop.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,x-retry-count",
      },
    });
    expect(answer.status).toBe(204);
    const allowed = answer.headers.get("access-control-allow-headers")?.toLowerCase() ?? "";
    for (const header of ["authorization", "content-type", "x-retry-count"])
      expect(allowed).toContain(header);
    expect(answer.headers.get("access-control-allow-methods")).toContain("POST");
  });

  it("a client that is told to wait is told how many whole seconds", async () => {
    cloud.faults.add({ target: "sqs:SendMessageBatch", kind: "throttle", at: "before", times: 6 });
    const answer = await post("/v1/batch", JSON.stringify(batchOf(person(), { writeKey: WRITE_KEY })), {});
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(await answer.json()).toMatchObject({ status: 503, code: "unavailable" });
  });
});
