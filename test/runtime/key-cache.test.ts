import { describe, expect, it } from "vitest";
import type { ApiKey } from "#ports/key-store.ts";
import { hashKey } from "#runtime/http/keys.ts";
import { cachedKeys } from "#runtime/key-cache.ts";

const SECRET: ApiKey = { hash: hashKey("sk_1"), kind: "secret", scopes: ["decide"], name: "server" };

describe("keys remembered", () => {
  const remembering = ({ answerMs = 0 } = {}) => {
    let now = 0;
    const stored = new Map<string, ApiKey>();
    let reads = 0;
    const store = {
      find: async (hash: string) => {
        reads += 1;
        const found = stored.get(hash) ?? null;
        now += answerMs;
        return found;
      },
    };
    const keys = cachedKeys(store, { now: () => now });
    const later = (ms: number): void => {
      now += ms;
    };
    return { keys, stored, later, reads: () => reads };
  };

  it("should die within 60 seconds of being revoked, and cost no read before", async () => {
    const { keys, stored, later, reads } = remembering();
    stored.set(SECRET.hash, SECRET);
    await keys(SECRET.hash);
    stored.clear();
    later(59_999);
    expect(await keys(SECRET.hash)).toBe(SECRET);
    expect(reads()).toBe(1);
    later(1);
    expect(await keys(SECRET.hash)).toBeNull();
  });

  it("should be found within 5 seconds when it was made after it was first tried", async () => {
    const { keys, stored, later } = remembering();
    expect(await keys(SECRET.hash)).toBeNull();
    stored.set(SECRET.hash, SECRET);
    later(5_000);
    expect(await keys(SECRET.hash)).toBe(SECRET);
  });
  it("should count from when it was asked for, however long the store took to answer", async () => {
    const { keys, stored, later } = remembering({ answerMs: 2_000 });
    stored.set(SECRET.hash, SECRET);
    await keys(SECRET.hash);
    stored.clear();
    later(58_000);
    expect(await keys(SECRET.hash)).toBeNull();
  });
});
