import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Hub } from "../../support/hub/client.ts";
import { testHub } from "../../support/hub/local-cloud.ts";
import { testFiles } from "../../support/playbook/files.ts";
import { listOf, OutboxItem, Problem } from "./shapes.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(testFiles());
});

const content = { subject: "Hi", text: "Hello", html: '<p><a href="https://shop.example/">Hello</a></p>' };
const mailTo = async (to: string): Promise<string> => {
  const request = { to: `email:${to}`, category: "transactional", channel: "email", content };
  const { messageId } = await hub.send(request, randomUUID());
  await hub.settle();
  return messageId;
};
const newAddress = (): string => `${randomUUID()}@example.com`;

describe("GET /_local/outbox", () => {
  it("shows every provider call decoded, by channel and recipient", async () => {
    const to = newAddress();
    const messageId = await mailTo(to);
    const phone = "+4915112345678";
    await hub.send(
      { to: `phone:${phone}`, category: "transactional", channel: "sms", content: { text: "Hello" } },
      randomUUID(),
    );
    await hub.settle();
    const get = async (query: string) =>
      listOf(OutboxItem).parse((await hub.call("GET", `/_local/outbox?${query}`)).body).items;
    expect(await get(`to=${encodeURIComponent(to)}`)).toMatchObject([
      { channel: "email", provider: "ses", to, subject: "Hi", text: "Hello", messageId },
    ]);
    expect(await get(`channel=sms&to=${encodeURIComponent(phone)}`)).toMatchObject([
      { to: phone, text: "Hello" },
    ]);
    expect(await get(`channel=push&to=${encodeURIComponent(phone)}`)).toEqual([]);
    expect((await get("channel=email")).every(({ channel }) => channel === "email")).toBe(true);
  });

  it("lists the newest first, in pages when a limit is given", async () => {
    const to = newAddress();
    const sent = [await mailTo(to), await mailTo(to), await mailTo(to)];
    const get = async (query: string) =>
      listOf(OutboxItem).parse((await hub.call("GET", `/_local/outbox?to=${to}${query}`)).body);
    const all = await get("");
    expect([all.items.map(({ messageId }) => messageId), all.cursor]).toEqual([sent.toReversed(), null]);
    const first = await get("&limit=2");
    const second = await get(`&limit=2&cursor=${first.cursor}`);
    expect([...first.items, ...second.items].map(({ messageId }) => messageId)).toEqual(sent.toReversed());
    expect(second.cursor).toBeNull();
  });

  it.each(["limit=0", "limit=101", "cursor=nonsense"])("refuses ?%s", async (query) => {
    const { status, body } = await hub.call("GET", `/_local/outbox?${query}`);
    expect([status, Problem.parse(body).code]).toEqual([400, "invalid_request"]);
  });

  it("has pages to look at", async () => {
    for (const path of ["/_local/", "/_local/customer?ref=userId:a"]) {
      const { status, headers } = await hub.call("GET", path);
      expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    }
  });
});

describe("POST /_local/feedback", () => {
  it.each(["delivered", "bounced", "complained", "opened", "clicked"])(
    "%s becomes an outcome",
    async (type) => {
      const to = newAddress();
      const messageId = await mailTo(to);
      expect((await hub.call("POST", "/_local/feedback", { messageId, type })).status).toBe(202);
      await hub.settle();
      const outcomes = (await hub.timeline(`email:${to}`)).filter(({ kind }) => kind === "outcome");
      expect(outcomes).toContainEqual(expect.objectContaining({ outcome: type, messageId }));
    },
  );

  it("knows no message of another id", async () => {
    const { status, body } = await hub.call("POST", "/_local/feedback", {
      messageId: "msg_0",
      type: "delivered",
    });
    expect([status, Problem.parse(body).code]).toEqual([404, "not_found"]);
  });
});

describe("/_local/clock", () => {
  const Clock = z.looseObject({ now: z.iso.datetime() });

  it("shows, advances and sets the time, and tells what fell due", async () => {
    const before = Clock.parse((await hub.call("GET", "/_local/clock")).body).now;
    const to = newAddress();
    const sendAt = new Date(Date.parse(before) + 2 * 86_400_000).toISOString();
    await hub.send(
      { to: `email:${to}`, category: "transactional", channel: "email", content, sendAt },
      randomUUID(),
    );
    const advanced = await hub.call("POST", "/_local/clock", { advance: "P3D" });
    expect(advanced.status).toBe(200);
    const Moved = Clock.extend({ fired: z.int().min(1) });
    expect(Date.parse(Moved.parse(advanced.body).now)).toBeGreaterThanOrEqual(
      Date.parse(before) + 3 * 86_400_000,
    );
    const [mail] = await hub.outbox({ to });
    expect(Math.abs(Date.parse(mail?.at ?? "") - Date.parse(sendAt))).toBeLessThan(5_000);

    const target = new Date(Date.parse(before) + 10 * 86_400_000).toISOString();
    const set = await hub.call("POST", "/_local/clock", { set: target });
    expect(Date.parse(Clock.parse(set.body).now) - Date.parse(target)).toBeLessThan(60_000);
  });

  it.each([[{ advance: "tomorrow" }], [{ set: "2001-01-01T00:00:00Z" }], [{}], [[]]])(
    "refuses %j",
    async (body) => {
      expect((await hub.call("POST", "/_local/clock", body)).status).toBe(400);
    },
  );
});

describe("/_local/usage", () => {
  it("counts requests by service and operation and by who made them, units, time and dollars; DELETE resets", async () => {
    await mailTo(newAddress());
    const Counts = z.looseObject({ total: z.int(), byOperation: z.record(z.string(), z.int()) });
    const Usage = z.looseObject({
      requests: z.looseObject({ functions: Counts, services: Counts }),
      dynamodb: z.looseObject({ readUnits: z.number(), writeUnits: z.number() }),
      functions: z.record(z.string(), z.looseObject({ milliseconds: z.number() })),
      dollarsPerMillion: z.number().nullable(),
    });
    const usage = Usage.parse((await hub.call("GET", "/_local/usage")).body);
    expect(usage.requests.functions.byOperation["ses:SendEmail"]).toBeGreaterThan(0);
    expect(usage.requests.services.total).toBeGreaterThan(0);
    expect(usage.dynamodb.writeUnits).toBeGreaterThan(0);
    expect((await hub.call("DELETE", "/_local/usage")).status).toBe(204);
    const after = Usage.parse((await hub.call("GET", "/_local/usage")).body);
    expect(after.requests.functions.byOperation["ses:SendEmail"]).toBeUndefined();
  });
});

describe("/_local/faults", () => {
  beforeEach(() => hub.clearFaults());

  it.each([
    ["send/email", "crash", "before"],
    ["send/email", "crash", "after"],
    ["send/email", "error", "before"],
    ["ses:SendEmail", "throttle", "before"],
    ["ses:SendEmail", "error", "before"],
    ["ses:SendEmail", "delay", "before"],
    ["sqs:SendMessage", "duplicate", "after"],
  ])("%s %s %s: the message still arrives", async (target, kind, at) => {
    const fault = { target, kind, at, times: 1, delayMs: 10 };
    expect((await hub.call("POST", "/_local/faults", fault)).status).toBe(201);
    const to = newAddress();
    await mailTo(to);
    await hub.advance("PT2M");
    expect((await hub.outbox({ to })).length).toBeGreaterThanOrEqual(1);
  });

  it("DELETE takes all away", async () => {
    await hub.fault({ target: "ses:SendEmail", kind: "error", at: "before", times: 1_000 });
    expect((await hub.call("DELETE", "/_local/faults")).status).toBe(204);
    const to = newAddress();
    await mailTo(to);
    expect(await hub.outbox({ to })).toHaveLength(1);
  });

  it.each([
    [{ target: "ses:SendEmail" }],
    [{ target: "ses:SendEmail", kind: "explode", at: "before", times: 1 }],
  ])("refuses %j", async (body) => {
    expect((await hub.call("POST", "/_local/faults", body)).status).toBe(400);
  });
});

describe("POST /_local/inbound", () => {
  it("refuses what no channel is", async () => {
    const { status, body } = await hub.call("POST", "/_local/inbound", {
      channel: "pigeon",
      from: "a",
      text: "b",
    });
    expect([status, Problem.parse(body).code]).toEqual([400, "invalid_request"]);
  });
});

it("there is nothing else under /_local", async () => {
  const { status, body } = await hub.call("GET", "/_local/nothing");
  expect([status, Problem.parse(body).code]).toEqual([404, "not_found"]);
});
