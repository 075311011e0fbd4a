import { createServer, type IncomingHttpHeaders } from "node:http";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { outlet } from "#providers/standard-webhooks/outlet.ts";

const SECRET = `whsec_${Buffer.from("a secret that only two know").toString("base64")}`;
const BODY = JSON.stringify({ type: "Order Completed", data: { eventId: "evt_1", note: "für dich ☂" } });

let answer: { status: number; headers?: Record<string, string> };
let received: { headers: IncomingHttpHeaders; body: string }[];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
    response.writeHead(answer.status, answer.headers).end("what the system says is nobody's business");
  });
});
let via: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  via = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});
afterAll(() => server.close());
beforeEach(() => {
  answer = { status: 204 };
  received = [];
});

const call = (more: { via?: string; url?: string; secret?: string; now?: number } = {}) =>
  outlet.connect({ setting: () => more.via ?? via, now: () => more.now ?? Date.now() })({
    url: more.url ?? "https://system.example/events?team=1",
    secrets: { secret: more.secret ?? SECRET },
    id: "whk_1",
    body: BODY,
    patience: { connectMs: 500, answerMs: 1_000 },
  });

describe("a call that tells a system of an event", () => {
  it("is taken for genuine by the standard's own library, and by no other secret or later moment", async () => {
    expect(await call()).toEqual({ result: "taken", status: 204 });
    const [{ headers, body } = { headers: {}, body: "" }] = received;
    const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(new Webhook(SECRET).verify(body, given)).toEqual(JSON.parse(BODY));
    expect(given["webhook-id"]).toBe("whk_1");
    const other = new Webhook(Buffer.from("somebody else's secret").toString("base64"));
    expect(() => other.verify(body, given)).toThrow();
    expect(() => new Webhook(SECRET).verify(`${body} `, given)).toThrow();
    await call({ now: Date.now() - 600_000 });
    const late = Object.fromEntries(
      Object.entries(received[1]?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    expect(() => new Webhook(SECRET).verify(received[1]?.body ?? "", late)).toThrow();
  });

  it.each([
    [{ status: 200 }, { result: "taken", status: 200 }],
    [{ status: 410 }, { result: "gone", status: 410 }],
    [
      { status: 302, headers: { location: "http://169.254.169.254/" } },
      { result: "failed", reason: "status 302", status: 302 },
    ],
    [
      { status: 429, headers: { "retry-after": "30" } },
      { result: "failed", reason: "status 429", status: 429, retryAfter: 30 },
    ],
    [{ status: 500 }, { result: "failed", reason: "status 500", status: 500 }],
  ])("is judged by its status alone: %o", async (given, wanted) => {
    answer = given;
    expect(await call()).toEqual(wanted);
    expect(received).toHaveLength(1);
  });

  it.each([
    "https://127.0.0.1/events",
    "https://169.254.169.254/latest/meta-data/",
    "https://[::1]/events",
    "https://localhost/events",
    "http://system.example/events",
    "https://user:password@system.example/events",
    "no address",
  ])("is never made to %s", async (url) => {
    expect(await call({ url, via: "direct" })).toEqual({ result: "failed", reason: "not public" });
  });

  it("is not made with a secret that can be guessed", async () => {
    expect(await call({ secret: "whsec_c2hvcnQ=" })).toEqual({ result: "failed", reason: "no secret" });
    expect(received).toEqual([]);
  });
});
