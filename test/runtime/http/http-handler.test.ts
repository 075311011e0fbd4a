import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import { RapportError } from "#kernel/errors.ts";
import type { ApiKey } from "#ports/key-store.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import type { HttpEvent } from "#runtime/http/http-request.ts";
import { hashKey } from "#runtime/http/keys.ts";
import { type Handlers, operation } from "#runtime/http/operation.ts";
import { listOf, Page } from "#runtime/http/paging.ts";
import { httpEvent } from "../../support/handlers/requests.ts";
import { keepLines } from "../../support/handlers/written-lines.ts";

const KEY: ApiKey = { hash: hashKey("sk_known"), kind: "secret", scopes: ["send"], name: "shop" };
const AUTHORIZED = { authorization: "Bearer sk_known" };

const operations = {
  makeThing: operation({
    route: "POST /v1/things",
    scope: "send",
    headers: z.object({ "idempotency-key": z.optional(z.string().check(z.maxLength(5))) }),
    request: z.object({ size: z.int() }),
    answers: { 200: z.object({ size: z.int(), by: z.string() }) },
  }),
  countThings: operation({
    route: "POST /v1/things/count",
    scope: "playbooks:write",
    request: z.prefault(z.object({ least: z.exactOptional(z.int()) }), {}),
    answers: { 200: z.object({ least: z.optional(z.int()) }) },
  }),
  listThings: operation({
    route: "GET /v1/things",
    scope: null,
    query: Page,
    answers: { 200: listOf(z.string()) },
  }),
  checkThings: operation({ route: "HEAD /v1/things", scope: null, answers: { 200: "text/html" } }),
};

const usual: Handlers<typeof operations> = {
  makeThing: async ({ body, caller }) => ({ status: 200, json: { size: body.size, by: caller.name } }),
  countThings: async ({ body }) => ({ status: 200, json: body }),
  listThings: async ({ query }) => ({ status: 200, json: { items: [`${query.limit}`], cursor: null } }),
  checkThings: async () => ({ status: 200, html: "<p>Things</p>" }),
};

const answerOf = async (event: HttpEvent, handlers: Partial<Handlers<typeof operations>> = {}) => {
  const findKey = async (hash: string) =>
    hash === KEY.hash ? { ...KEY, scopes: ["send", "playbooks:write"] as const } : null;
  const { statusCode, headers, body } = await httpHandler(
    operations,
    { ...usual, ...handlers },
    findKey,
  )(event, {});
  return { statusCode, headers, body, json: body.startsWith("{") ? JSON.parse(body) : null };
};

const make = (body: string, headers: Record<string, string> = {}) =>
  httpEvent({ headers: { ...AUTHORIZED, ...headers }, body });

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the key of a call", () => {
  it("should reach the handler once it is known and has the scope", async () => {
    expect(await answerOf(make('{"size":1}'))).toMatchObject({ statusCode: 200, json: { by: "shop" } });
  });

  it.each([
    ["none", {}, 401, "key_missing"],
    ["an unknown one", { authorization: "Bearer sk_other" }, 401, "key_unknown"],
  ] as const)(
    "should be refused when it is %s, before anything is read or handled",
    async (_name, headers, status, code) => {
      const makeThing = vi.fn(usual.makeThing);
      const answer = await answerOf(httpEvent({ headers, body: "{" }), { makeThing });
      expect(answer).toMatchObject({ statusCode: status, json: { code } });
      expect(answer.headers["content-type"]).toBe("application/problem+json");
      expect(makeThing).not.toHaveBeenCalled();
    },
  );

  it("should be refused where its scopes are not those of the operation", async () => {
    const countThings = vi.fn(usual.countThings);
    const event = httpEvent({ route: "POST /v1/things/count", headers: AUTHORIZED });
    const handler = httpHandler(operations, { ...usual, countThings }, async () => KEY);
    const { statusCode, body } = await handler(event, {});
    expect({ statusCode, code: JSON.parse(body).code }).toEqual({ statusCode: 403, code: "scope_missing" });
    expect(countThings).not.toHaveBeenCalled();
  });

  it("should not be asked for where an operation needs none", async () => {
    expect(await answerOf(httpEvent({ route: "GET /v1/things" }))).toMatchObject({ statusCode: 200 });
  });
});

describe("a request", () => {
  it("should be answered by the operation of its route, and by none where there is none", async () => {
    expect((await answerOf(httpEvent({ route: "GET /v1/things" }))).json).toEqual({
      items: ["50"],
      cursor: null,
    });
    const other = await answerOf(httpEvent({ route: "GET /v1/others", headers: AUTHORIZED }));
    expect(other).toMatchObject({ statusCode: 404, json: { code: "not_found" } });
  });

  it("should be refused at the place in its query, headers or body that is wrong", async () => {
    const list = { ...httpEvent({ route: "GET /v1/things" }), queryStringParameters: { limit: "1000" } };
    expect((await answerOf(list)).json).toMatchObject({
      code: "invalid_request",
      message: "limit: expected a whole number from 1 to 100, got another text",
    });
    expect((await answerOf(make('{"size":1}', { "Idempotency-Key": "too long" }))).json.errors).toEqual([
      {
        path: "headers.idempotency-key",
        expected: "text of at most 5 characters",
        got: "text of 8 characters",
      },
    ]);
    expect((await answerOf(make('{"size":1.5}'))).json.errors).toMatchObject([{ path: "size" }]);
  });

  it("may come without a body only where the operation says so", async () => {
    const count = httpEvent({ route: "POST /v1/things/count", headers: AUTHORIZED });
    expect(await answerOf(count)).toMatchObject({ statusCode: 200, json: {} });
    expect(await answerOf(make(""))).toMatchObject({ statusCode: 400, json: { code: "malformed_json" } });
  });

  it("should get no body when it is a HEAD", async () => {
    const answer = await answerOf(httpEvent({ route: "HEAD /v1/things" }));
    expect(answer).toMatchObject({ statusCode: 200, body: "" });
    expect(answer.headers["content-type"]).toContain("text/html");
  });
});

describe("what the handler throws", () => {
  it("should answer 400 to a body that is no JSON", async () => {
    const { statusCode, json } = await answerOf(make('{"size":'));
    expect({ statusCode, code: json.code }).toEqual({ statusCode: 400, code: "malformed_json" });
  });

  it("should name each wrong field by its place, and not repeat its value", async () => {
    const { statusCode, json } = await answerOf(make('{"size":"ada@shop.example"}'));
    expect(statusCode).toBe(400);
    expect(json).toEqual({
      type: "urn:rapport:problem:invalid_request",
      title: "The request is not valid",
      status: 400,
      code: "invalid_request",
      message: "size: expected number, got text",
      errors: [{ path: "size", expected: "number", got: "text" }],
    });
  });

  it("should answer 500 to an error nobody foresaw, and quote it neither to the caller nor in the log", async () => {
    const lines = keepLines();
    const { statusCode, json } = await answerOf(make('{"size":1}'), {
      makeThing: async () => {
        throw new TypeError("ada@shop.example is not iterable");
      },
    });
    expect({ statusCode, code: json.code }).toEqual({ statusCode: 500, code: "internal" });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: "ERROR", error: "TypeError", route: "POST /v1/things", code: "internal" },
    ]);
    expect(JSON.stringify(json) + lines.join("")).not.toContain("ada@shop.example");
  });

  it("should say when to try again while a service does not answer", async () => {
    const lines = keepLines();
    const throttled = Object.assign(new Error("slow down"), { name: "ThrottlingException" });
    const { statusCode, headers } = await answerOf(make('{"size":1}'), {
      makeThing: async () => {
        throw throttled;
      },
    });
    expect({ statusCode, after: headers["retry-after"] }).toEqual({ statusCode: 503, after: "1" });
    expect(lines).toHaveLength(1);
  });

  it("should not be logged when it is the caller's mistake", async () => {
    const lines = keepLines();
    const { statusCode } = await answerOf(make('{"size":1}'), {
      makeThing: async () => {
        throw new RapportError("not_found", "no such thing");
      },
    });
    expect({ statusCode, lines }).toEqual({ statusCode: 404, lines: [] });
  });
});
