import { describe, expect, it } from "vitest";
import { inUse, type Keyring, keyringText, lookupKeys, parseKeyring, withKey } from "#kernel/keyring.ts";

const NOON = Date.parse("2026-12-01T12:00:00.000Z");
const iso = (time: number): string => new Date(time).toISOString();

describe("the keys of a secret", () => {
  it.each([
    ["kQ8v0bare", "a bare key, as release 0.1 has it"],
    ['{"k', "one that only looks like more"],
    ['{"keys":[]}', "another"],
  ])("should be %s as it stands: %s", (text) => {
    expect(parseKeyring(text)).toEqual([{ version: "1", key: text }]);
  });

  it("should come back as they were written, newest first", () => {
    const rotated = withKey(withKey(parseKeyring("first"), "second", iso(NOON)), "third");
    expect(rotated.map(({ version, key }) => version + key)).toEqual(["3third", "2second", "1first"]);
    expect(parseKeyring(keyringText(rotated))).toEqual(rotated);
  });

  it("should never give a version twice, though an older one was retired", () => {
    const [, ...older] = withKey(withKey(parseKeyring("a"), "b"), "c");
    expect(withKey(older.slice(0, 1), "d").map(({ version }) => version)).toEqual(["3", "2"]);
  });
});

describe("a new key", () => {
  const keys = withKey(parseKeyring("old"), "new", iso(NOON));
  const named = (some: Keyring) => some.map(({ key }) => key);

  it("should sign from its time on, and verify before", () => {
    expect(named(inUse(keys, NOON - 1))).toEqual(["old", "new"]);
    expect(named(inUse(keys, NOON))).toEqual(["new", "old"]);
  });

  it("should be written under beside the old one until its time, and looked for from the first", () => {
    expect(named(lookupKeys(keys, NOON - 1).written)).toEqual(["new", "old"]);
    expect(named(lookupKeys(keys, NOON).written)).toEqual(["new"]);
    expect(named(lookupKeys(keys, NOON - 1).known)).toEqual(["new", "old"]);
  });

  it("should share a key to write under with whoever is one step behind", () => {
    const unaware = lookupKeys(keys.slice(1), NOON - 60_000);
    const before = lookupKeys(keys, NOON - 1);
    const after = lookupKeys(keys, NOON);
    for (const [one, other] of [
      [unaware, before],
      [before, after],
    ] as const) {
      expect(named(one.written).some((key) => named(other.written).includes(key))).toBe(true);
    }
  });
});
