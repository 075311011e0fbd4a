import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Fetch, RapportProblem, serverClient } from "#client/index.ts";

type Request = { readonly url: string } & Parameters<Fetch>[1];
type Planned = { readonly status: number; readonly body?: unknown; readonly retryAfter?: string } | "lost";

const busy = { type: "about:blank", title: "Busy", status: 503, code: "busy", message: "come back later" };

/** A client whose hub answers as planned, one answer a try, and what it was asked. */
const clientOf = (...plan: readonly Planned[]) => {
  const asked: Request[] = [];
  const times: number[] = [];
  const fetch: Fetch = async (url, init) => {
    const next = plan[asked.length];
    asked.push({ url, ...init });
    times.push(Date.now());
    if (next === undefined || next === "lost") throw new TypeError("fetch failed");
    const { status, body, retryAfter = null } = next;
    return {
      status,
      headers: { get: (name) => (name === "retry-after" ? retryAfter : null) },
      text: async () => (typeof body === "string" ? body : JSON.stringify(body)),
    };
  };
  const client = serverClient({ url: "https://hub.example/", secretKey: "s", fetch });
  const waits = () => times.slice(1).map((time, index) => time - (times[index] ?? 0));
  return { client, asked, waits };
};

/** What a call comes to when nobody waits for the clock. */
const settled = async <T>(call: Promise<T>): Promise<T | RapportProblem> => {
  const outcome = call.catch((problem: unknown) => {
    if (problem instanceof RapportProblem) return problem;
    throw problem;
  });
  await vi.runAllTimersAsync();
  return outcome;
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const message = { to: "userId:kim", category: "transactional" };
const accepted = { status: 202, body: { messageId: "msg_1" } };

describe("a message", () => {
  it("is asked for again with the same key when the answer was lost, and when the hub was busy", async () => {
    const { client, asked } = clientOf("lost", { status: 500, body: "<html>" }, accepted);
    expect(await settled(client.message(message))).toEqual(accepted.body);
    const keys = asked.map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("has the key that the caller gave", async () => {
    const { client, asked } = clientOf(accepted);
    await settled(client.message(message, "order-A-1"));
    expect(asked[0]).toMatchObject({
      url: "https://hub.example/v1/messages",
      method: "POST",
      headers: { "idempotency-key": "order-A-1", authorization: "Bearer s" },
      body: JSON.stringify(message),
    });
  });
});

describe("pauses between tries", () => {
  it("grow, and end after four tries", async () => {
    const { client, asked, waits } = clientOf("lost", "lost", "lost", "lost", "lost");
    expect(await settled(client.profile("userId:kim"))).toMatchObject({ code: "unreachable", status: 0 });
    expect(asked).toHaveLength(4);
    const [first = 0, second = 0, third = 0] = waits();
    expect([first >= 250, second >= 500, third >= 1000]).toEqual([true, true, true]);
    expect([first <= 500, second <= 1000, third <= 2000]).toEqual([true, true, true]);
  });

  it("are as long as the hub asks for", async () => {
    const { client, waits } = clientOf(
      { status: 503, body: busy, retryAfter: "7" },
      { status: 200, body: {} },
    );
    await settled(client.profile("userId:kim"));
    expect(waits()[0]).toBeGreaterThanOrEqual(7000);
    expect(waits()[0]).toBeLessThanOrEqual(7500);
  });

  it("are left to the caller where the hub asks for more than a minute", async () => {
    const { client, asked } = clientOf({ status: 429, body: busy, retryAfter: "3600" });
    expect(await settled(client.profile("userId:kim"))).toMatchObject({ status: 429, retryAfter: 3600 });
    expect(asked).toHaveLength(1);
  });
});

describe("a decision", () => {
  const question = { customer: "userId:kim", placement: "web.home.hero" };

  it("is asked for again where the hub says that it did nothing", async () => {
    const { client, asked } = clientOf(
      { status: 429, body: "slow down" },
      { status: 503, body: busy, retryAfter: "1" },
      { status: 200, body: { actions: [] } },
    );
    expect(await settled(client.decide(question))).toEqual({ actions: [] });
    expect(asked).toHaveLength(3);
  });

  it.each<Planned>(["lost", { status: 500, body: busy }, { status: 503, body: "gateway" }])(
    "is not made twice when nobody knows whether it was made: %o",
    async (answer) => {
      const { client, asked } = clientOf(answer);
      expect(await settled(client.decide(question))).toBeInstanceOf(RapportProblem);
      expect(asked).toHaveLength(1);
    },
  );
});

describe("a problem", () => {
  it("is what the hub said, and is not tried again", async () => {
    const errors = [{ path: "to", expected: "type:value", got: "kim" }];
    const body = { ...busy, status: 400, code: "invalid_request", message: "to is wrong", errors };
    const { client, asked } = clientOf({ status: 400, body });
    const problem = await settled(client.message(message));
    expect(problem).toMatchObject({ code: "invalid_request", status: 400, problem: { errors } });
    expect(String(problem)).toBe("RapportProblem: to is wrong (invalid_request)");
    expect(asked).toHaveLength(1);
  });

  it("is named where something between answered in a form of its own", async () => {
    const { client } = clientOf({ status: 404, body: "<html>not here</html>" });
    expect(await settled(client.profile("userId:kim"))).toMatchObject({
      code: "unexpected_answer",
      status: 404,
    });
  });
});

describe("any call", () => {
  it("is made by its route, with what goes into path and query", async () => {
    const { client, asked } = clientOf({ status: 200, body: { items: [], cursor: null } });
    await settled(client.timeline("email:kim+1@example.com", { limit: 5 }));
    expect(asked[0]?.url).toBe(
      "https://hub.example/v1/profiles/email%3Akim%2B1%40example.com/timeline?limit=5",
    );
  });
});
