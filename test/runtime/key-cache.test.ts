import { describe, expect, it } from "vitest";
import type { ApiKey } from "#ports/key-store.ts";
import { hashKey } from "#runtime/http/keys.ts";
import { cachedKeys } from "#runtime/key-cache.ts";

const SECRET: ApiKey = { hash: hashKey("sk_1"), kind: "secret", scopes: ["decide"], name: "server" };

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
