import { describe, expect, it } from "vitest";
import type { ApiKey, Scope } from "#ports/key-store.ts";
import { readRequest } from "#runtime/http/http-request.ts";
import { checkKey, hashKey } from "#runtime/http/keys.ts";
import { httpEvent } from "../../support/handlers/requests.ts";

const WRITE: ApiKey = { hash: hashKey("wk_1"), kind: "write", scopes: [], name: "site" };
const SECRET: ApiKey = { hash: hashKey("sk_1"), kind: "secret", scopes: ["decide"], name: "server" };
const find = async (hash: string) => [WRITE, SECRET].find((key) => key.hash === hash) ?? null;

const basic = (user: string, password = ""): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

const check = (scope: Scope, given: Parameters<typeof httpEvent>[0]) =>
  checkKey(find, readRequest(httpEvent(given)), scope);

describe("where a key is looked for", () => {
  it("should take the user name of Basic, the token of Bearer, and on collect the body's writeKey", async () => {
    expect(await check("collect", { headers: { authorization: basic("wk_1", "whatever") } })).toBe(WRITE);
    expect(await check("decide", { headers: { Authorization: "bearer sk_1" } })).toBe(SECRET);
    expect(await check("collect", { body: '{"writeKey":"wk_1"}' })).toBe(WRITE);
  });

  it("should not take a key from the body of any other call", async () => {
    await expect(check("decide", { body: '{"writeKey":"sk_1"}' })).rejects.toMatchObject({
      code: "key_missing",
    });
  });

  it("should let the body's key speak where the header's is unknown", async () => {
    const both = { headers: { authorization: basic("wk_old") }, body: '{"writeKey":"wk_1"}' };
    expect(await check("collect", both)).toBe(WRITE);
  });

  it("should let a write key collect and do nothing else", async () => {
    await expect(check("decide", { headers: { authorization: basic("wk_1") } })).rejects.toMatchObject({
      code: "scope_missing",
    });
  });
});
