import { describe, expect, it } from "vitest";
import { assign } from "#domain/experiment/assignment.ts";
import {
  addOutcome,
  addSamples,
  checkRatio,
  EMPTY_SAMPLE,
  mean,
  type Sample,
  uplift,
} from "#domain/experiment/uplift.ts";
import { seeded } from "#lab/seeded.ts";

const counted = (count: number, conversions: number): Sample => ({
  count,
  sum: conversions,
  sumOfSquares: conversions,
});

type Trial = { readonly variants: number; readonly rate: number; readonly customersADay: number };

/** Whether a trial in which all variants do alike is ever decided for or against one of them, in 100 daily looks. */
const decidesWrongly = ({ variants, rate, customersADay }: Trial, seed: number): boolean => {
  const random = seeded(seed);
  const groups = new Array<Sample>(variants).fill(EMPTY_SAMPLE);
  for (let day = 0; day < 100; day += 1) {
    for (let customer = 0; customer < customersADay; customer += 1) {
      const variant = Math.floor(random() * variants);
      groups[variant] = addOutcome(groups[variant] ?? EMPTY_SAMPLE, random() < rate ? 1 : 0);
    }
    const [control = EMPTY_SAMPLE, ...treated] = groups;
    const options = { comparisons: variants - 1, tunedFor: 3_000 };
    if (treated.some((group) => uplift(group, control, options).decided)) return true;
  }
  return false;
};

describe("assignment", () => {
  const variants = [
    { name: "a", weight: 1 },
    { name: "b", weight: 3 },
    { name: "none", weight: 0 },
  ];

  it("gives a customer the same variant always, and each variant its share", () => {
    const names = Array.from({ length: 20_000 }, (_, n) => assign("exp", `cus_${n}`, variants).name);
    expect(names[7]).toBe(assign("exp", "cus_7", variants).name);
    expect(names.filter((name) => name === "a").length / names.length).toBeCloseTo(0.25, 1);
    expect(names).not.toContain("none");
  });

  it("does not line up between experiments", () => {
    const both = Array.from({ length: 20_000 }, (_, n) =>
      ["x", "y"].every((salt) => assign(salt, `cus_${n}`, variants).name === "a"),
    ).filter(Boolean).length;
    expect(both / 20_000).toBeCloseTo(1 / 16, 1);
  });
});

describe("uplift", () => {
  it("agrees with the textbook's two-proportion interval", () => {
    const { difference, fixed, pValue } = uplift(counted(1_000, 120), counted(1_000, 100));
    expect(difference).toBeCloseTo(0.02, 12);
    expect(fixed.low).toBeCloseTo(-0.0074, 3);
    expect(fixed.high).toBeCloseTo(0.0474, 3);
    expect(pValue).toBeCloseTo(0.153, 2);
  });

  it("says nothing of groups too small", () => {
    expect(uplift(counted(1, 1), counted(0, 0))).toMatchObject({ decided: false, pValue: 1 });
  });

  it("decides nothing on a handful who all did the same", () => {
    expect(uplift(counted(2, 2), counted(2, 0)).decided).toBe(false);
    expect(uplift(counted(10, 10), counted(10, 0)).decided).toBe(false);
  });

  it("is more careful the more variants are compared with one control", () => {
    const [one, five] = [1, 5].map((comparisons) =>
      uplift(counted(1_000, 120), counted(1_000, 100), { comparisons }),
    );
    expect(five?.anytime.high).toBeGreaterThan(one?.anytime.high ?? 0);
    expect(five?.fixed.high).toBeGreaterThan(one?.fixed.high ?? 0);
  });

  it.each([
    { variants: 2, rate: 0.5, customersADay: 2 },
    { variants: 2, rate: 0.2, customersADay: 100 },
    { variants: 4, rate: 0.5, customersADay: 8 },
    { variants: 4, rate: 0.02, customersADay: 40 },
    { variants: 6, rate: 0.5, customersADay: 12 },
  ])(
    "looked at every day of a trial of $variants alike, $customersADay customers a day, decides wrongly in at most 5 of 100",
    (trial) => {
      const runs = 100;
      const wrong = Array.from({ length: runs }, (_, seed) => decidesWrongly(trial, seed)).filter(Boolean);
      expect(wrong.length / runs).toBeLessThanOrEqual(0.05);
    },
  );

  it("finds a real effect before the end", () => {
    const random = seeded(1);
    let [treated, control] = [EMPTY_SAMPLE, EMPTY_SAMPLE];
    for (let customer = 0; customer < 4_000; customer += 1) {
      treated = addOutcome(treated, random() < 0.26 ? 1 : 0);
      control = addOutcome(control, random() < 0.2 ? 1 : 0);
    }
    expect(uplift(treated, control).decided).toBe(true);
  });
});

describe("the sample-ratio check", () => {
  it("passes what chance gives and flags what it does not", () => {
    expect(
      checkRatio([
        { count: 5_030, weight: 1 },
        { count: 4_970, weight: 1 },
      ]).mismatch,
    ).toBe(false);
    expect(
      checkRatio([
        { count: 5_300, weight: 1 },
        { count: 4_700, weight: 1 },
      ]).mismatch,
    ).toBe(true);
    expect(
      checkRatio([
        { count: 1_000, weight: 1 },
        { count: 3_010, weight: 3 },
      ]).mismatch,
    ).toBe(false);
  });
});

describe("worked examples of an uplift", () => {
  const sample = (count: number, total: number, sumOfSquares: number): Sample => ({
    count,
    sum: total,
    sumOfSquares,
  });
  const [treated, control] = [sample(500, 90, 80), sample(400, 40, 30)];

  // Worked apart from the code, by the formulas of the papers that it names.
  it.each([
    [{}, 0.039608666207237984, -0.0015873202311175172, false],
    [{ alpha: 0.1, comparisons: 2, tunedFor: 1_000 }, 0.039608666207237984, 0.01742087308472752, true],
  ])("with %j", (options, fixed, anytime, decided) => {
    const found = uplift(treated, control, options);
    expect(found.relative).toBeCloseTo(0.8, 12);
    expect(found.fixed.low).toBeCloseTo(fixed, 9);
    expect(found.anytime.low).toBeCloseTo(anytime, 9);
    expect(found.anytime.high).toBeCloseTo(0.16 - anytime, 9);
    expect(found.pValue).toBeCloseTo(0.000103622391539826, 9);
    expect(found.decided).toBe(decided);
    expect(uplift(control, treated, options)).toMatchObject({ decided });
  });

  it("says nothing of fewer than two in either group, and much too little of two", () => {
    for (const [one, other] of [
      [sample(1, 1, 1), control],
      [treated, sample(1, 0, 0)],
    ] as const) {
      expect(uplift(one, other)).toMatchObject({ pValue: 1, relative: null, decided: false });
    }
    const two = uplift(sample(2, 1, 1), sample(2, 0, 0));
    expect(two.relative).toBeNull();
    expect(two.pValue).toBeCloseTo(0.3545394797735013, 9);
    expect(two.anytime.high).toBeCloseTo(24.005955688012378, 9);
  });

  it("adds up outcomes and groups, and has no mean without any", () => {
    expect(addOutcome(sample(2, 1, 0.5), 0.5)).toEqual(sample(3, 1.5, 0.75));
    expect(addSamples(sample(1, 2, 3), sample(10, 20, 30))).toEqual(sample(11, 22, 33));
    expect([mean(EMPTY_SAMPLE), mean(sample(4, 1, 1))]).toEqual([0, 0.25]);
  });

  it("knows how likely a split is by chance, leaving out who is to get nobody", () => {
    const none = { count: 900, weight: 0 };
    const split = (...counts: number[]) => counts.map((count) => ({ count, weight: 1 }));
    expect(checkRatio([...split(120, 100, 80), none]).pValue).toBeCloseTo(Math.exp(-4), 12);
    expect(
      checkRatio([
        { count: 30, weight: 1 },
        { count: 70, weight: 3 },
      ]).pValue,
    ).toBeCloseTo(0.24821307898992362, 9);
    expect(checkRatio([...split(5), none])).toEqual({ pValue: 1, mismatch: false });
    expect(checkRatio(split(0, 0))).toEqual({ pValue: 1, mismatch: false });
    expect(checkRatio(split(1, 0)).pValue).toBeCloseTo(0.31731050786291415, 9);
    expect(checkRatio(split(600, 400)).mismatch).toBe(true);
  });
});
