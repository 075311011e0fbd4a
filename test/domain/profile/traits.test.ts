import { describe, expect, it } from "vitest";
import { mergeTraits, publicBytes, setTraits, type Traits, traitBytes } from "#domain/profile/traits.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import type { JsonObject } from "#kernel/json.ts";

const at = (second: number) => `2026-12-01T00:00:${String(second).padStart(2, "0")}.000Z`;
const trait = (value: number | string, second: number, more = {}) => ({
  value,
  at: at(second),
  by: "e5",
  ...more,
});
const PUBLIC = { standing: "public" } as const;
const logins = new Set(["email"]);
const set = (
  traits: Traits,
  values: JsonObject,
  more: { second?: number; id?: string; standing?: "public"; room?: number } = {},
) =>
  setTraits(
    traits,
    values,
    { at: at(more.second ?? 5), id: more.id ?? "e5", ...(more.standing && { standing: more.standing }) },
    { room: () => more.room ?? 1e6, logins },
  );
const many = (count: number, more = {}) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`t${n}`, trait(n, n % 50, more)]));

describe("the room that is left for traits", () => {
  const one = { a: trait("x", 5) };
  it("is asked for what grows by a byte, and not for what is as long as before", () => {
    expect(set(one, { a: "xy" }, { second: 6, room: 0 })).toMatchObject({
      traits: one,
      refused: [{ what: "traits.a", reason: "profile-too-large" }],
      grown: 0,
    });
    expect(set(one, { a: "xy" }, { second: 6, room: 1 })).toMatchObject({ refused: [], grown: 1 });
    expect(set(one, { a: "z" }, { second: 6, room: -1 })).toMatchObject({ refused: [], grown: 0 });
  });

  it("is given to what was said last, whoever said it, where two customers become one", () => {
    const later = trait("x", 9, PUBLIC);
    const room = traitBytes("b", later);
    expect(mergeTraits(one, { b: later }, { room, logins })).toEqual({ b: later });
  });
});

describe("a trait that is said twice", () => {
  it("keeps the later word, by event id at one moment", () => {
    const said = (second: number, id: string) =>
      set({ a: trait("old", 5) }, { a: "new" }, { second, id }).traits.a?.value;
    expect([said(4, "e9"), said(6, "e1"), said(5, "e4"), said(5, "e6")]).toEqual([
      "old",
      "new",
      "old",
      "new",
    ]);
  });

  it("keeps the word of others over a public key's where it is a login, whatever came last", () => {
    expect(set({ email: trait("a", 1) }, { email: "b" }, PUBLIC).traits.email?.value).toBe("a");
    expect(set({ email: trait("a", 9, PUBLIC) }, { email: "b" }).traits.email?.value).toBe("b");
    expect(set({ plan: trait("a", 1) }, { plan: "b" }, PUBLIC).traits.plan).toMatchObject({
      value: "b",
      ...PUBLIC,
    });
    const merged = mergeTraits(
      { email: trait("a", 9, PUBLIC) },
      { email: trait("b", 1) },
      { room: 1e6, logins },
    );
    expect(merged.email?.value).toBe("b");
  });
});

describe("the room for traits", () => {
  it("is for three hundred; a public key's oldest makes room for others' words, and for no public key's", () => {
    const full = many(300);
    expect(set(full, { more: 1 })).toEqual({
      ...{ traits: full, grown: 0 },
      refused: [{ what: "traits.more", reason: "too-many-traits" }],
    });
    expect(set(many(299), { more: 1 }).refused).toEqual([]);
    expect(set(full, { t7: "new" }, { second: 59 }).refused).toEqual([]);
    const mixed = { ...many(298), late: trait(1, 9, PUBLIC), early: trait(1, 3, PUBLIC) };
    const { traits, refused } = set(mixed, { more: 1 });
    expect(refused).toEqual([{ what: "traits.early", reason: "too-many-traits" }]);
    expect([traits.early, traits.late?.value, traits.more?.value]).toEqual([undefined, 1, 1]);
    expect(set(mixed, { more: 1 }, PUBLIC).refused).toEqual([
      { what: "traits.more", reason: "too-many-traits" },
    ]);
  });

  it("is to the byte for one trait, and for what a profile grows by", () => {
    const bytes = (value: string) => traitBytes("a", trait(value, 5));
    const most = "x".repeat(BOUNDS.traitBytes - bytes(""));
    expect(set({}, { a: most }).refused).toEqual([]);
    expect(set({}, { a: `${most}x` }).refused).toEqual([{ what: "traits.a", reason: "trait-too-large" }]);
    const room = bytes("abc");
    expect(set({}, { a: "abc" }, { room })).toMatchObject({ refused: [], grown: room });
    expect(set({}, { a: "abcd" }, { room }).refused).toEqual([
      { what: "traits.a", reason: "profile-too-large" },
    ]);
    expect(set({}, { a: "abc", b: "c" }, { room }).refused).toEqual([
      { what: "traits.b", reason: "profile-too-large" },
    ]);
    expect(set({ a: trait("abc", 1) }, { a: "ab" }, { room: -1 })).toMatchObject({ refused: [], grown: -1 });
    expect(set({ a: trait("abc", 1) }, { a: "abcd" }, { room: 1 })).toMatchObject({ refused: [], grown: 1 });
    expect(set({}, {}, { room: -1 })).toEqual({ traits: {}, refused: [], grown: 0 });
  });

  it("names a trait by a hundred characters, and counts what public keys set", () => {
    const [refused] = set(many(300), { ["n".repeat(150)]: 1 }).refused;
    expect(refused?.what).toBe(`traits.${"n".repeat(100)}`);
    const traits = { a: trait(1, 1), b: trait(2, 1, PUBLIC), c: trait(3, 1, PUBLIC) };
    expect(publicBytes(traits)).toBe(traitBytes("b", traits.b) + traitBytes("c", traits.c));
  });

  it("of two customers who are one is for the newest", () => {
    const [one, other] = [
      many(200),
      Object.fromEntries(Object.entries(many(200)).map(([name, value]) => [`o${name}`, value])),
    ];
    const merged = mergeTraits(one, other, { room: 1e6, logins });
    expect(Object.keys(merged)).toHaveLength(300);
    expect(Object.values(merged).every(({ at: when }) => when >= at(12))).toBe(true);
    const two = { a: trait("a", 1), b: trait("b", 2) };
    const room = traitBytes("b", two.b);
    expect(mergeTraits(two, {}, { room, logins })).toEqual({ b: two.b });
    expect(mergeTraits(two, {}, { room: room - 1, logins })).toEqual({});
    expect(mergeTraits(two, {}, { room: room + traitBytes("a", two.a), logins })).toEqual(two);
  });
});
