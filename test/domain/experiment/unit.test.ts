import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { ASSIGNED, MERGED } from "#domain/experiment/recorded.ts";
import {
  addGroups,
  countFact,
  EMPTY_GROUP,
  type Group,
  type StoredUnit,
  type Unit,
} from "#domain/experiment/unit.ts";
import { buildExperiments } from "#domain/playbook/build/build-experiments.ts";

const [experiment] = buildExperiments(
  { test: { variants: { a: {}, b: {} }, goals: { Bought: 1, Looked: 0.25 }, window: "P3D" } },
  "UTC",
);
if (experiment === undefined) throw new Error("there is an experiment");

const day = (number: number): string => `2026-03-${String(number).padStart(2, "0")}T11:00:00.000Z`;

let stored: Map<string, StoredUnit>;
let sums: Map<string, Group>;
beforeEach(() => {
  stored = new Map();
  sums = new Map();
});

type Told = Parameters<typeof countFact>[1];
/** Counts as a store does that finds all there is of the person; true when anything changed. */
const tell = (told: Told): boolean => {
  const known = new Map<string, StoredUnit>();
  const look = (id: string): void => {
    const unit = stored.get(id);
    if (unit === undefined || known.has(id)) return;
    known.set(id, unit);
    if ("movedTo" in unit) look(unit.movedTo);
  };
  for (const id of [told.customerId, ...(told.absorbed ?? [])]) look(id);
  const counted = countFact(experiment, told, known);
  for (const [id, unit] of counted?.units ?? []) {
    expect(unit.version).toBe((stored.get(id)?.version ?? 0) + 1);
    stored.set(id, unit);
  }
  for (const [variant, group] of counted?.added ?? []) {
    sums.set(variant, addGroups(sums.get(variant) ?? EMPTY_GROUP, group));
  }
  return counted !== null;
};
const comes = (customerId: string, variant: string, at: string): boolean =>
  tell({ customerId, fact: ASSIGNED, at, variants: { test: variant } });
const turnOutToBe = (customerId: string, ...absorbed: string[]): boolean =>
  tell({ customerId, absorbed, fact: MERGED, at: day(20) });
const does = (fact: string, at: string, customerId: string, ...absorbed: string[]): boolean =>
  tell({ customerId, absorbed, fact, at });

const whoIsCounted = (): readonly Unit[] =>
  [...stored.values()].flatMap((unit) => ("movedTo" in unit ? [] : [unit]));
const groups = () =>
  Object.fromEntries(
    [...sums].map(([variant, { count, sum, sumOfSquares, switched }]) => [
      variant,
      [count, sum, sumOfSquares, switched],
    ]),
  );

describe("a visitor who logs in", () => {
  it("is counted once, and what they do as the known customer is theirs", () => {
    comes("visitor", "a", day(1));
    turnOutToBe("known", "visitor");
    does("Bought", day(2), "known", "visitor");
    expect(groups()).toEqual({ a: [1, 1, 1, 0] });
  });

  it("is found by what they do before anybody told that they are one", () => {
    comes("visitor", "a", day(1));
    does("Bought", day(2), "known", "visitor");
    turnOutToBe("known", "visitor");
    expect(groups()).toEqual({ a: [1, 1, 1, 0] });
  });

  it("is not counted again when decided about as the known customer", () => {
    comes("visitor", "a", day(1));
    turnOutToBe("known", "visitor");
    comes("known", "a", day(2));
    expect(groups()).toEqual({ a: [1, 0, 0, 0] });
  });

  it("stays with what they were given first when they are given something else, which shows", () => {
    comes("visitor", "a", day(1));
    turnOutToBe("known", "visitor");
    comes("known", "b", day(2));
    does("Bought", day(3), "known", "visitor");
    expect(groups()).toEqual({ a: [1, 1, 1, 1] });
  });
});

describe("customers who were counted apart and turn out to be one", () => {
  it("are one in their variant, with the best that either reached", () => {
    comes("visitor", "a", day(1));
    comes("known", "a", day(2));
    does("Looked", day(2), "visitor");
    does("Bought", day(3), "known");
    expect(groups()).toEqual({ a: [2, 1.25, 1.0625, 0] });
    turnOutToBe("known", "visitor");
    expect(groups()).toEqual({ a: [1, 1, 1, 0] });
  });

  it("are one in the variant that was given first, whoever survives", () => {
    comes("visitor", "a", day(1));
    comes("known", "b", day(2));
    does("Bought", day(3), "known");
    turnOutToBe("known", "visitor");
    expect(groups()).toEqual({ a: [1, 1, 1, 1], b: [0, 0, 0, 0] });
    comes("cookie", "b", day(1));
    comes("cookie 2", "b", day(2));
    turnOutToBe("cookie 2", "cookie");
    expect(groups()).toEqual({ a: [1, 1, 1, 1], b: [1, 0, 0, 0] });
  });

  it("are one also when the first of all is told last", () => {
    comes("known", "b", day(2));
    turnOutToBe("known", "visitor");
    comes("visitor", "a", day(1));
    expect(groups()).toEqual({ b: [0, 0, 0, 0], a: [1, 0, 0, 1] });
  });

  it("lose a goal that the first of them reached too late", () => {
    comes("visitor", "a", day(1));
    comes("known", "b", day(4));
    does("Bought", day(6), "known");
    turnOutToBe("known", "visitor");
    expect(groups()).toEqual({ a: [1, 0, 0, 1], b: [0, 0, 0, 0] });
  });

  it("stay one over several merges, and whoever is told of again leads to them", () => {
    comes("one", "a", day(1));
    comes("two", "b", day(2));
    comes("three", "a", day(3));
    turnOutToBe("three", "two");
    turnOutToBe("three", "two", "one");
    expect(groups()).toEqual({ a: [1, 0, 0, 1], b: [0, 0, 0, 0] });
    comes("two", "b", day(2));
    does("Bought", day(2), "two");
    expect(groups()).toEqual({ a: [1, 1, 1, 1], b: [0, 0, 0, 0] });
  });

  it("are counted once however often each of it is told", () => {
    const all = [
      () => comes("visitor", "a", day(1)),
      () => comes("known", "b", day(2)),
      () => does("Bought", day(2), "visitor"),
      () => turnOutToBe("known", "visitor", "unseen"),
      () => does("Bought", day(3), "known", "visitor", "unseen"),
      () => comes("unseen", "b", day(3)),
    ];
    for (const each of all) each();
    const once = groups();
    expect(once).toEqual({ a: [1, 1, 1, 1], b: [0, 0, 0, 0] });
    for (const each of all) expect(each()).toBe(false);
    expect(groups()).toEqual(once);
  });

  it("count for nothing where none of them takes part, but once whichever of them is told of afterwards", () => {
    turnOutToBe("known", "visitor");
    does("Bought", day(2), "known", "visitor");
    expect(groups()).toEqual({});
    comes("known", "b", day(3));
    comes("visitor", "a", day(2));
    does("Looked", day(3), "visitor");
    expect(groups()).toEqual({ a: [1, 0.25, 0.0625, 1], b: [0, 0, 0, 0] });
  });

  it("leave sums that are those of who is counted, whatever is told in which order, and are one in the end", () => {
    const ids = ["one", "two", "three", "four"];
    const id = fc.constantFrom(...ids);
    const at = fc.integer({ min: 1, max: 9 }).map(day);
    const fact = fc.oneof(
      fc.record({ customerId: id, variant: fc.constantFrom("a", "b"), at }).map(
        ({ customerId, variant, at: since }) =>
          () =>
            comes(customerId, variant, since),
      ),
      fc.record({ customerId: id, absorbed: fc.subarray(ids) }).map(
        ({ customerId, absorbed }) =>
          () =>
            turnOutToBe(customerId, ...absorbed),
      ),
      fc
        .record({ customerId: id, absorbed: fc.subarray(ids), name: fc.constantFrom("Bought", "Looked"), at })
        .map(
          ({ customerId, absorbed, name, at: then }) =>
            () =>
              does(name, then, customerId, ...absorbed),
        ),
    );
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 25 }), (facts) => {
        stored.clear();
        sums.clear();
        for (const each of [...facts, () => turnOutToBe("one", ...ids)]) {
          each();
          const counted = whoIsCounted();
          for (const variant of ["a", "b"]) {
            const own = counted.filter((unit) => unit.variant === variant);
            expect(sums.get(variant) ?? EMPTY_GROUP).toEqual({
              count: own.length,
              sum: own.reduce((sum, { value }) => sum + value, 0),
              sumOfSquares: own.reduce((sum, { value }) => sum + value ** 2, 0),
              switched: own.filter(({ switched }) => switched).length,
            });
          }
        }
        expect(whoIsCounted().length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("are united in writes of a bounded size, the rest by what is told next", () => {
    const ids = Array.from({ length: 120 }, (_, number) => `cookie ${number}`);
    for (const id of ids) comes(id, "a", day(1));
    for (let round = 0; round < 10 && turnOutToBe("known", ...ids); round += 1);
    expect(groups()).toEqual({ a: [1, 0, 0, 0] });
  });
});
