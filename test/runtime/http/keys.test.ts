import { describe, expect, it } from "vitest";
import type { ApiKey, Scope } from "#ports/key-store.ts";
import { readRequest } from "#runtime/http/http-request.ts";
import { cachedKeys, checkKey, hashKey } from "#runtime/http/keys.ts";
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

describe("keys remembered", () => {
  const remembering = () => {
    let now = 0;
    const stored = new Map<string, ApiKey>();
    let reads = 0;
    const store = {
      find: async (hash: string) => {
        reads += 1;
        return stored.get(hash) ?? null;
      },
      put: async (key: ApiKey) => {
        stored.set(key.hash, key);
      },
    };
    const keys = cachedKeys(store, { now: () => now });
    const later = (ms: number): void => {
      now += ms;
    };
    return { keys, stored, store, later, reads: () => reads };
  };

  it("should die within 60 seconds of being revoked, and cost no read before", async () => {
    const { keys, stored, store, later, reads } = remembering();
    await store.put(SECRET);
    await keys(SECRET.hash);
    stored.clear();
    later(59_999);
    expect(await keys(SECRET.hash)).toBe(SECRET);
    expect(reads()).toBe(1);
    later(1);
    expect(await keys(SECRET.hash)).toBeNull();
  });

  it("should be found within 5 seconds when it was made after it was first tried", async () => {
    const { keys, store, later } = remembering();
    expect(await keys(SECRET.hash)).toBeNull();
    await store.put(SECRET);
    later(5_000);
    expect(await keys(SECRET.hash)).toBe(SECRET);
  });
});
