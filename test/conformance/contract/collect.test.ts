import { randomUUID } from "node:crypto";
import { deflateSync, gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Hub } from "../../support/hub/client.ts";
import { testHub } from "../../support/hub/local-cloud.ts";
import { testFiles } from "../../support/playbook/files.ts";
import { Problem } from "./shapes.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(testFiles());
});

const WRITE_KEY = "local-write-key";
const basic = { authorization: `Basic ${btoa(`${WRITE_KEY}:`)}` };
const person = (): string => `collect-${randomUUID()}`;
const namesOf = async (userId: string): Promise<string[]> => {
  await hub.settle();
  const items = await hub.timeline(`userId:${userId}`);
  return items.filter(({ kind }) => kind === "event").map(({ name }) => String(name));
};

/** fetch itself: with any body, and no key unless it is named. */
const post = async (
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) => {
  const response = await fetch(`${hub.url}/v1/${path}`, { method: "POST", body, headers });
  return { status: response.status, headers: response.headers, body: await response.json() };
};

describe("collecting", () => {
  const calls: readonly (readonly [path: string, body: Record<string, unknown>, name: string])[] = [
    ["identify", { traits: { firstName: "Ada" } }, "identify"],
    ["track", { event: "Seen" }, "Seen"],
    ["page", { name: "Home" }, "Home"],
    ["screen", { name: "Start" }, "Start"],
    ["group", { groupId: "g1" }, "group"],
    ["i", { traits: {} }, "identify"],
    ["t", { event: "Seen" }, "Seen"],
    ["p", { name: "Home" }, "Home"],
    ["s", { name: "Start" }, "Start"],
    ["g", { groupId: "g1" }, "group"],
  ];
  it.each(calls)("POST /v1/%s answers 200 {success: true} and is applied", async (path, body, name) => {
    const userId = person();
    const answer = await hub.call("POST", `/v1/${path}`, { userId, ...body }, basic);
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
    expect(await namesOf(userId)).toEqual([name]);
  });

  it.each(["alias", "a"])("POST /v1/%s joins the id used so far", async (path) => {
    const [userId, previousId] = [person(), person()];
    await hub.collect("track", { anonymousId: previousId, event: "Looked" });
    const answer = await hub.call("POST", `/v1/${path}`, { userId, previousId }, basic);
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
    expect(await namesOf(userId)).toContain("Looked");
  });

  it.each(["batch", "b", "import"])("POST /v1/%s takes many events of any type", async (path) => {
    const userId = person();
    const batch = [
      { type: "identify", userId },
      { type: "track", userId, event: "Seen" },
    ];
    const answer = await hub.call("POST", `/v1/${path}`, { batch }, basic);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ success: true });
    expect((await namesOf(userId)).sort()).toEqual(["Seen", "identify"]);
  });

  it("import never triggers, batch does", async () => {
    const [imported, live] = [person(), person()];
    const order = (userId: string) => ({
      batch: [
        { type: "identify", userId, traits: { email: `${userId}@example.com` } },
        { type: "track", userId, event: "Order Completed", properties: { order_id: "A", total: 3 } },
      ],
    });
    await hub.collect("import", order(imported));
    await hub.collect("batch", order(live));
    await hub.settle();
    expect(await hub.outbox({ to: `${imported}@example.com` })).toHaveLength(0);
    expect(await hub.outbox({ to: `${live}@example.com` })).toHaveLength(1);
  });

  it("names what it dropped of a batch: events over 32 KB and those past 2,500", async () => {
    const userId = person();
    const large = { type: "track", userId, event: "Large", properties: { text: "x".repeat(33_000) } };
    const first = await hub.call(
      "POST",
      "/v1/batch",
      { batch: [large, { type: "track", userId, event: "Small" }] },
      basic,
    );
    expect(first).toMatchObject({
      status: 200,
      body: { success: true, rejected: [{ index: 0, code: "event_too_large" }] },
    });
    expect(await namesOf(userId)).toEqual(["Small"]);

    const many = Array.from({ length: 2_501 }, () => ({ type: "track", userId, event: "M" }));
    const second = await hub.call("POST", "/v1/batch", { batch: many }, basic);
    expect(second).toMatchObject({ status: 200, body: { success: true, rejected: [{ index: 2_500 }] } });
  });

  it("answers 400 for a body over 32 KB and a batch over 500 KB", async () => {
    const text = "x".repeat(33 * 1024);
    const one = await hub.call("POST", "/v1/track", { userId: "a", event: "E", properties: { text } }, basic);
    expect(one).toMatchObject({ status: 400, body: { code: "event_too_large" } });
    const item = { type: "track", userId: "a", event: "E", properties: { text: "x".repeat(20_000) } };
    const batch = await hub.call(
      "POST",
      "/v1/batch",
      { batch: Array.from({ length: 26 }, () => item) },
      basic,
    );
    expect(batch).toMatchObject({ status: 400, body: { code: "batch_too_large" } });
    expect(Problem.parse(batch.body).status).toBe(400);
  });

  it("applies an event once, however often its messageId comes", async () => {
    const userId = person();
    const event = { userId, event: "Seen", messageId: randomUUID() };
    for (let time = 0; time < 3; time += 1) await hub.collect("track", event);
    expect(await namesOf(userId)).toEqual(["Seen"]);
  });
});

describe("how clients send", () => {
  const event = (userId: string) => JSON.stringify({ userId, event: "Seen", writeKey: WRITE_KEY });

  it("takes the key from the body", async () => {
    expect((await post("track", event(person()))).status).toBe(200);
    const batch = JSON.stringify({
      writeKey: WRITE_KEY,
      batch: [{ type: "track", userId: person(), event: "E" }],
    });
    expect((await post("batch", batch)).status).toBe(200);
  });

  it("takes a secret key with the scope collect as Bearer", async () => {
    const answer = await post("track", JSON.stringify({ userId: person(), event: "Seen" }), {
      authorization: "Bearer local-secret-key",
    });
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/json"])(
    "parses JSON sent as %s",
    async (type) => {
      const userId = person();
      expect((await post("track", event(userId), { "content-type": type })).status).toBe(200);
      expect(await namesOf(userId)).toEqual(["Seen"]);
    },
  );

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
  ] as const)("unpacks %s", async (encoding, pack) => {
    const userId = person();
    const answer = await post("track", new Uint8Array(pack(event(userId))), { "content-encoding": encoding });
    expect(answer.status).toBe(200);
    expect(await namesOf(userId)).toEqual(["Seen"]);
  });

  it("takes a CloudEvent", async () => {
    const userId = person();
    const cloudEvent = {
      specversion: "1.0",
      id: randomUUID(),
      source: "/shop",
      type: "Seen",
      data: { userId },
    };
    const headers = { ...basic, "content-type": "application/cloudevents+json" };
    expect((await post("track", JSON.stringify(cloudEvent), headers)).status).toBe(200);
    expect(await namesOf(userId)).toEqual(["Seen"]);
  });
});

describe("keys", () => {
  it.each([
    ["no key", {}, 401, "key_missing"],
    ["an unknown key", { authorization: `Basic ${btoa("wrong:")}` }, 401, "key_unknown"],
  ] as const)("answers %s on collect", async (_what, headers, status, code) => {
    const answer = await post("track", JSON.stringify({ userId: "a", event: "E" }), headers);
    expect(Problem.parse(answer.body)).toMatchObject({ status, code });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });

  it.each([
    ["GET", "/v1/profiles/userId:a"],
    ["GET", "/v1/profiles?ref=userId:a"],
    ["GET", "/v1/profiles/userId:a/timeline"],
    ["POST", "/v1/decisions"],
    ["GET", "/v1/decisions/d"],
    ["POST", "/v1/outcomes"],
    ["POST", "/v1/messages"],
    ["GET", "/v1/messages/m"],
    ["POST", "/v1/playbooks"],
    ["GET", "/v1/playbooks"],
    ["GET", "/v1/playbooks/current"],
    ["POST", "/v1/playbooks/v/publish"],
    ["POST", "/v1/playbooks/v/simulate"],
    ["GET", "/v1/simulations/s"],
  ])("%s %s wants a secret key", async (method, path) => {
    const answerFor = (authorization: string) => hub.call(method, path, undefined, { authorization });
    expect(await answerFor("")).toMatchObject({ status: 401, body: { code: "key_missing" } });
    expect(await answerFor("Bearer wrong")).toMatchObject({ status: 401, body: { code: "key_unknown" } });
    expect(await answerFor(`Bearer ${WRITE_KEY}`)).toMatchObject({
      status: 403,
      body: { code: "scope_missing" },
    });
  });
});

describe("without a key", () => {
  it("serves the OpenAPI document with every route of the contract", async () => {
    const response = await fetch(`${hub.url}/openapi.json`);
    const document = z
      .object({ openapi: z.string(), paths: z.record(z.string(), z.json()) })
      .parse(await response.json());
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        "/v1/batch",
        "/v1/profiles/{ref}",
        "/v1/decisions",
        "/v1/messages",
        "/u/{token}",
      ]),
    );
  });

  it("gives browsers their settings, pointing here, and takes their metrics", async () => {
    const settings = await fetch(`${hub.url}/v1/projects/${WRITE_KEY}/settings`);
    expect(settings.status).toBe(200);
    expect(await settings.json()).toMatchObject({
      integrations: { "Segment.io": { apiKey: WRITE_KEY, apiHost: expect.stringMatching(/\/v1$/) } },
    });
    expect(await post("m", "{}")).toMatchObject({ status: 200, body: { success: true } });
  });

  it("lets browsers of any site in", async () => {
    const preflight = await fetch(`${hub.url}/v1/t`, {
      method: "OPTIONS",
      headers: {
        origin: "https://shop.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "anonymousid,authorization,content-type,x-retry-count",
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    const allowed = preflight.headers.get("access-control-allow-headers")?.split(",");
    expect(allowed).toEqual(
      expect.arrayContaining(["anonymousid", "authorization", "content-type", "x-retry-count"]),
    );
    const answer = await post("t", "{}", { origin: "https://shop.example" });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-expose-headers")).toContain("retry-after");
  });

  it.each([
    ["GET", "/nothing/here"],
    ["POST", "/v1/unknown"],
    ["GET", "/v1/track/more"],
  ])("%s %s is 404 in our form", async (method, path) => {
    const response = await fetch(hub.url + path, { method });
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(Problem.parse(await response.json()).code).toBe("not_found");
  });

  it.each([
    ["DELETE", "/v1/track", "POST"],
    ["GET", "/v1/decisions", "POST"],
    ["PUT", "/v1/playbooks", "GET, POST"],
    ["POST", "/v1/messages/msg_1", "GET"],
    ["DELETE", "/v1/profiles/userId%3Akim", "GET"],
    ["PATCH", "/openapi.json", "GET"],
  ])("%s %s is 405 in our form, which says that it takes %s", async (method, path, allow) => {
    const response = await fetch(hub.url + path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe(allow);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(Problem.parse(await response.json())).toMatchObject({ status: 405, code: "method_not_allowed" });
  });
});

describe("bad bodies", () => {
  it.each([
    ["cut off JSON", '{"userId":', "malformed_json"],
    ["no body", "", "malformed_json"],
    ["a list", "[]", "invalid_request"],
    ["a number", "42", "invalid_request"],
    ["nobody", '{"event":"E"}', "invalid_request"],
    ["no event", '{"userId":"a"}', "invalid_request"],
    ["traits that are text", '{"userId":"a","event":"E","traits":"x"}', "invalid_request"],
  ])("answers 400 for %s", async (_what, body, code) => {
    const answer = await post("track", body, basic);
    expect(answer.status).toBe(400);
    expect(Problem.parse(answer.body).code).toBe(code);
  });
});

it("answers 503 with whole seconds of Retry-After while the queue takes nothing", async () => {
  await hub.fault({ target: "sqs:SendMessageBatch", kind: "throttle", at: "before", times: 50 });
  const answer = await post("track", JSON.stringify({ userId: person(), event: "Seen" }), basic);
  await hub.clearFaults();
  expect(answer.status).toBe(503);
  expect(Problem.parse(answer.body).code).toBe("unavailable");
  expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
});
