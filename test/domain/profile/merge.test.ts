import { describe, expect, it } from "vitest";
import { newState } from "#domain/customer/state.ts";
import { mergeIdentifiers, mergeStates } from "#domain/profile/merge.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const at = (second: number) => `2026-12-01T00:00:${String(second).padStart(2, "0")}.000Z`;

describe("identifiers past their bytes", () => {
  it("should lose anonymousIds, however new, before who the customer is", () => {
    const kim = [
      { type: "userId", value: "kim", at: at(0) },
      { type: "email", value: "kim@example.com", at: at(1) },
    ];
    const flood = Array.from({ length: 50 }, (_, index) => ({
      type: "anonymousId",
      value: `${index}-`.padEnd(400, "x"),
      at: at(index + 2),
    }));
    const merged = flood.reduce(
      (kept, one) => mergeIdentifiers(kept, [one], playbook),
      mergeIdentifiers(kim, [], playbook),
    );
    expect(merged.map(({ value }) => value)).toEqual(expect.arrayContaining(["kim", "kim@example.com"]));
    expect(merged.length).toBeGreaterThan(kim.length);
    expect(merged.at(0)?.value).toContain("49-");
    const bytes = merged.reduce((sum, one) => sum + Buffer.byteLength(JSON.stringify(one)), 0);
    expect(bytes).toBeLessThanOrEqual(BOUNDS.identifiersBytes);
    expect(mergeIdentifiers(flood, kim, playbook)).toEqual(merged);
  });
});

describe("which identifiers stay", () => {
  const long = (type: string, more = {}) => ({ type, value: type.padEnd(1_440, "x"), at: at(0), ...more });
  // Four of them fill the room there is.
  const kept = (...all: ReturnType<typeof long>[]) =>
    mergeIdentifiers(all, [], playbook)
      .map(({ type }) => type)
      .toSorted();

  it("is who the customer is, then how they are reached, then what they hold, and browsers last", () => {
    const [who, reached, held, browser] = ["userId", "email", "deviceToken", "anonymousId"].map((type) =>
      long(type),
    );
    if (!(who && reached && held && browser)) throw new Error("four");
    const other = (one: ReturnType<typeof long>) => ({
      ...one,
      value: one.value.replace("x", "y"),
      at: at(9),
    });
    expect(kept(other(browser), browser, held, reached, who)).toEqual([
      "anonymousId",
      "deviceToken",
      "email",
      "userId",
    ]);
    expect(kept(browser, other(held), held, reached, who)).toEqual([
      "deviceToken",
      "deviceToken",
      "email",
      "userId",
    ]);
    expect(kept(held, other(reached), reached, long("phone"), who)).toEqual([
      "email",
      "email",
      "phone",
      "userId",
    ]);
  });

  it.each([
    ["userId", "email"],
    ["email", "deviceToken"],
    ["email", "undeclared"],
    ["deviceToken", "anonymousId"],
    ["undeclared", "anonymousId"],
  ])("is a %s rather than any %s, however new", (dearer, other) => {
    const others = [1, 2, 3, 4].map((n) => ({ type: other, value: `${n}`.padEnd(1_440, "x"), at: at(9) }));
    expect(kept(...others, long(dearer))).toContain(dearer);
  });

  it("is what was seen last, and of what anybody gave the less", () => {
    const limit = playbook.identifierTypes.get("email")?.limit ?? 0;
    const mail = (n: number, more = {}) => ({ type: "email", value: `${n}@example.com`, at: at(n), ...more });
    const own = Array.from({ length: limit }, (_, n) => mail(n));
    const values = (more: object) =>
      mergeIdentifiers(own, [mail(limit, more)], playbook).map(({ value }) => value);
    expect(values({})).toEqual(own.map((_, n) => `${limit - n}@example.com`));
    expect(values({ standing: "public" })).toEqual(own.map(({ value }) => value).toReversed());
  });
});

describe("an address that only a public key gave a visitor", () => {
  const heard = {
    channel: "email",
    value: "v@example.com",
    status: "active",
    at: at(1),
    heardAt: at(1),
  } as const;
  const kim = { ...newState("cus_kim", at(0)), version: 1 };
  const visitor = { ...newState("cus_visitor", at(0)), version: 1, addresses: [heard] };

  it("should count for who they turn out to be, where nobody has spoken of either", () => {
    expect(mergeStates(kim, visitor, playbook, at(9)).state.addresses).toMatchObject([
      { value: "v@example.com" },
    ]);
  });

  it("should count no more where somebody has, though our clocks differ", () => {
    const spokenOf = { ...kim, vouchedAt: at(5) };
    const { addresses, unproven } = mergeStates(spokenOf, visitor, playbook, at(4)).state;
    expect(addresses).toEqual([]);
    expect(unproven).toEqual([{ type: "email", value: "v@example.com" }]);
  });
});
