import { describe, expect, it } from "vitest";
import { guardsOf, NEVER } from "#domain/identity/standing.ts";
import {
  canMerge,
  confirm,
  create,
  finalId,
  fits,
  handOver,
  link,
  type Person,
  personBehind,
  unite,
  type Work,
} from "#domain/identity/work.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const id = (type: string, value: string, more = {}) => ({ type, value, at: "", ...more });
const person = (customerId: string, more: Partial<Person> = {}): Person => ({
  customerId,
  stored: true,
  identifiers: [],
  absorbed: 0,
  vouchedAt: NEVER,
  ...more,
});
const working = (...people: readonly Person[]): Work => ({
  types: playbook.identifierTypes,
  guards: guardsOf(playbook),
  people: new Map(people.map((one) => [one.customerId, one])),
  pointers: new Map(),
  owners: new Map(
    people.flatMap(({ customerId, identifiers }) =>
      identifiers.map(({ type, value }) => [`${type}:${value}`, customerId] as const),
    ),
  ),
  mergedInto: new Map(),
  created: new Set(),
  merges: [],
  links: new Map(),
  handovers: [],
  refused: new Map(),
  named: new Set(),
  newId: () => "cus_new",
});
const account = (customerId: string, value: string, more: Partial<Person> = {}) =>
  person(customerId, { identifiers: [id("userId", value)], ...more });

describe("two who turn out to be one", () => {
  it.each([
    [
      "the known one, of a known and an anonymous one",
      account("a", "u", { stored: false }),
      person("b"),
      "a",
    ],
    ["the known one, whichever was found first", person("a"), account("b", "u", { stored: false }), "b"],
    ["the stored one, of two alike", person("a", { stored: false }), person("b"), "b"],
    ["the first found, of two stored ones", person("a"), person("b"), "a"],
    ["the first found, of two new ones", person("a", { stored: false }), person("b", { stored: false }), "a"],
    ["the first found where it alone is stored", person("a"), person("b", { stored: false }), "a"],
  ])("go on as %s", (_who, a, b, survivor) => {
    const work = working(a, b);
    expect(unite(work, a, b, "evt_1").customerId).toBe(survivor);
    expect([finalId(work, "a"), finalId(work, "b")]).toEqual([survivor, survivor]);
  });

  it("keep all identifiers, count whom they absorbed, and merge only what is stored", () => {
    const [a, b] = [
      person("a", { absorbed: 2, identifiers: [id("anonymousId", "x")], vouchedAt: "2026-02" }),
      person("b", { absorbed: 3, identifiers: [id("anonymousId", "y")], vouchedAt: "2026-01" }),
    ];
    const work = working(a, b);
    expect(unite(work, a, b, "evt_1")).toEqual({
      ...a,
      identifiers: [...a.identifiers, ...b.identifiers],
      ...{ absorbed: 6, vouchedAt: "2026-01" },
    });
    expect(work.merges).toEqual([{ survivor: "a", absorbed: "b", eventId: "evt_1" }]);
    const fresh = working(a, { ...b, stored: false });
    expect(unite(fresh, a, { ...b, stored: false }, "evt_1").absorbed).toBe(5);
    expect(fresh.merges).toEqual([]);
  });

  it("are two hundred at most, and never of two accounts", () => {
    const most = BOUNDS.absorbed;
    const can = (one: number, other: number) =>
      canMerge(working(), person("a", { absorbed: one }), person("b", { absorbed: other }));
    expect([can(most - 1, 0), can(0, most - 1), can(most, 0), can(most - 5, 5)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(canMerge(working(), account("a", "u"), account("b", "w"))).toBe(false);
    expect(fits(working(), [id("userId", "u")], [id("userId", "u"), id("anonymousId", "x")])).toBe(true);
    expect(fits(working(), [id("anonymousId", "y")], [id("anonymousId", "x")])).toBe(true);
  });
});

describe("an identifier", () => {
  it("is linked to one alone, and leads to whom they became", () => {
    const [a, b] = [person("a", { identifiers: [id("email", "e")] }), person("b")];
    const work = working(a, b);
    link(work, b, [id("email", "e"), id("phone", "p")]);
    expect(work.people.get("b")?.identifiers).toEqual([id("phone", "p")]);
    expect([...work.links]).toEqual([["phone:p", { type: "phone", value: "p" }]]);
    const before = work.people.get("b");
    link(work, b, [id("email", "e")]);
    expect(work.people.get("b")).toBe(before);
    work.mergedInto.set("b", "a");
    expect(personBehind(work, id("phone", "p"))).toBe(a);
    expect(personBehind(work, id("phone", "q"))).toBeUndefined();
  });

  it("is said by others once somebody confirms it, and no other is", () => {
    const marks = { standing: "public", browser: "b" } as const;
    const a = person("a", {
      identifiers: [id("email", "e", marks), id("phone", "p", marks), id("email", "f", marks)],
    });
    const work = working(a);
    confirm(work, a, [id("email", "e"), id("phone", "p")], (type) => type === "email");
    expect(work.people.get("a")?.identifiers).toEqual([
      id("email", "e"),
      id("phone", "p", marks),
      id("email", "f", marks),
    ]);
    const before = work.people.get("a");
    confirm(work, a, [id("phone", "p")], () => false);
    expect(work.people.get("a")).toBe(before);
    confirm(work, person("gone"), [id("phone", "p")], () => true);
    expect(work.people.has("gone")).toBe(false);
  });

  it("leaves who had it for who has it now, and stays with whom it has", () => {
    const a = person("a", { identifiers: [id("email", "e"), id("phone", "p")] });
    const work = working(a, person("b"));
    handOver(work, "a", id("email", "e"), "evt_1");
    handOver(work, "b", id("email", "unknown"), "evt_1");
    expect([work.handovers, work.people.get("a")]).toEqual([[], a]);
    handOver(work, "b", id("email", "e"), "evt_1");
    expect(work.handovers).toEqual([
      { identifier: { type: "email", value: "e" }, from: "a", eventId: "evt_1" },
    ]);
    expect(work.people.get("a")?.identifiers).toEqual([id("phone", "p")]);
    expect(work.people.get("b")?.identifiers).toEqual([id("email", "e")]);
  });

  it("makes a new customer, who is not stored and whom nobody spoke of", () => {
    const work = working();
    expect(create(work)).toEqual(person("cus_new", { stored: false }));
    expect([...work.created]).toEqual(["cus_new"]);
  });
});
