import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import { RapportError } from "#kernel/errors.ts";
import type { ApiKey } from "#ports/key-store.ts";
import { type HttpHandler, httpHandler, type ScopeOf } from "#runtime/http/http-handler.ts";
import type { HttpEvent } from "#runtime/http/http-request.ts";
import { hashKey } from "#runtime/http/keys.ts";
import { parse } from "#runtime/parse.ts";
import { httpEvent } from "../../support/handlers/requests.ts";
import { keepLines } from "../../support/handlers/written-lines.ts";

const KEY: ApiKey = { hash: hashKey("sk_known"), kind: "secret", scopes: ["send"], name: "shop" };
const AUTHORIZED = { authorization: "Bearer sk_known" };

const call = (event: HttpEvent, handle: HttpHandler, scope: ScopeOf = "send") =>
  httpHandler({ scope, keys: async (hash) => (hash === KEY.hash ? KEY : null) }, handle)(event, {});

const answerOf = async (event: HttpEvent, handle: HttpHandler, scope?: ScopeOf) => {
  const { statusCode, headers, body } = await call(event, handle, scope);
  return { statusCode, headers, json: JSON.parse(body) };
};

const fine: HttpHandler = async ({ key }) => ({ status: 200, json: { key: key?.name ?? null } });

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the key of a call", () => {
  it("should reach the handler once it is known and has the scope", async () => {
    const answer = await answerOf(httpEvent({ headers: AUTHORIZED }), fine);
    expect(answer).toMatchObject({ statusCode: 200, json: { key: "shop" } });
  });

  it.each([
    ["none", {}, "send", 401, "key_missing"],
    ["an unknown one", { authorization: "Bearer sk_other" }, "send", 401, "key_unknown"],
    ["one without the scope", AUTHORIZED, "playbooks:write", 403, "scope_missing"],
  ] as const)(
    "should be refused when it is %s, before the handler runs",
    async (_name, headers, scope, status, code) => {
      const handle = vi.fn(fine);
      const { statusCode, headers: answered, json } = await answerOf(httpEvent({ headers }), handle, scope);
      expect({ statusCode, code: json.code }).toEqual({ statusCode: status, code });
      expect(answered["content-type"]).toBe("application/problem+json");
      expect(handle).not.toHaveBeenCalled();
    },
  );

  it("should not be asked for where a route needs none", async () => {
    const scopeOf: ScopeOf = (route) => (route === "POST /v1/things" ? null : "send");
    const answer = await answerOf(httpEvent(), fine, scopeOf);
    expect(answer).toMatchObject({ statusCode: 200, json: { key: null } });
  });
});

describe("what the handler throws", () => {
  const event = (body: string) => httpEvent({ headers: AUTHORIZED, body });
  const Thing = z.object({ size: z.int() });
  const measure: HttpHandler = async (request) => ({ status: 200, json: parse(Thing, request.json()) });

  it("should answer 400 to a body that is no JSON", async () => {
    const { statusCode, json } = await answerOf(event('{"size":'), measure);
    expect({ statusCode, code: json.code }).toEqual({ statusCode: 400, code: "malformed_json" });
  });

  it("should name each wrong field by its place, and not repeat its value", async () => {
    const { statusCode, json } = await answerOf(event('{"size":"ada@shop.example"}'), measure);
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
    const { statusCode, json } = await answerOf(event("{}"), async () => {
      throw new TypeError("ada@shop.example is not iterable");
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
    const { statusCode, headers } = await answerOf(event("{}"), async () => {
      throw throttled;
    });
    expect({ statusCode, after: headers["retry-after"] }).toEqual({ statusCode: 503, after: "1" });
    expect(lines).toHaveLength(1);
  });

  it("should not be logged when it is the caller's mistake", async () => {
    const lines = keepLines();
    const { statusCode } = await answerOf(event("{}"), async () => {
      throw new RapportError("not_found", "no such thing");
    });
    expect({ statusCode, lines }).toEqual({ statusCode: 404, lines: [] });
  });
});
