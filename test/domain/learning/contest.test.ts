import { describe, expect, it } from "vitest";
import { contestCells, ENOUGH, errorsOf, followed, verdictOf } from "#domain/learning/contest.ts";
import { learnerOf } from "#domain/learning/learner.ts";
import { addDelta, type Cells, type Delta, type Foreseen, type Observation } from "#domain/learning/model.ts";
import { seeded } from "#lab/seeded.ts";

const DAY = 86_400_000;
const arm = (action: string) => ({ action, group: action, channel: "web" });
const seen = (action: string, reward: number, foreseen: Foreseen, more: Partial<Observation> = {}) =>
  new Map(contestCells({ arm: arm(action), features: {}, reward, foreseen, at: 0, ...more }, 0));
const sum = (deltas: readonly Delta[]): Cells =>
  deltas.reduce<Cells>((cells, delta) => addDelta(cells, delta), new Map());

/** Choices of which one learner knows better than the other, with all the luck there is in yes and no. */
const choices = (action: string, count: number, better: "counters" | "linear", seed = 1) => {
  const random = seeded(seed);
  return Array.from({ length: count }, () => {
    const rate = random() < 0.5 ? 0.6 : 0.2;
    const other = better === "counters" ? "linear" : "counters";
    const foreseen = { [better]: rate, [other]: 0.4 } as Foreseen;
    return seen(action, Number(random() < rate), foreseen);
  });
};

describe("whom to follow", () => {
  it("is both while nothing is known, and their mean counts, as unsure as the more unsure", () => {
    const verdict = verdictOf(new Map(), arm("tea"), 0, 0);
    expect(verdict).toEqual({ follows: "both", because: "undecided", share: 0.5, ahead: 0, aheadOverAll: 0 });
    const counters = { mean: 0.2, deviation: 0.1, evidence: 7 };
    const linear = { mean: 0.4, deviation: 0.05, evidence: 7 };
    expect(followed(verdict, { counters, linear })).toEqual({
      mean: expect.closeTo(0.3, 9),
      deviation: 0.1,
      evidence: 7,
    });
  });

  it.each(["counters", "linear"] as const)("comes to be %s where they foresee better", (better) => {
    const verdict = verdictOf(sum(choices("tea", 2_000, better)), arm("tea"), 0, 0);
    expect(verdict).toMatchObject({ follows: better, because: "own" });
    expect(Math.abs(verdict.ahead)).toBeGreaterThan(ENOUGH);
  });

  it("is by action: each follows its own evidence, and a new one that of all others", () => {
    const cells = sum([...choices("tea", 2_000, "counters"), ...choices("coffee", 6_000, "linear", 2)]);
    expect(verdictOf(cells, arm("tea"), 0, 0).follows).toBe("counters");
    expect(verdictOf(cells, arm("coffee"), 0, 0).follows).toBe("linear");
    expect(verdictOf(cells, arm("cake"), 0, 0)).toMatchObject({
      follows: "linear",
      because: "all",
      ahead: 0,
    });
  });

  it("is not decided by one large reward that either missed", () => {
    const even = choices("tea", 50, "linear").slice(0, 5);
    const jackpot = seen("tea", 50, { counters: 1, linear: 3 });
    expect(verdictOf(sum([...even, jackpot]), arm("tea"), 0, 0).follows).toBe("both");
  });

  it("is told by shares until then: they turn little by little to who is ahead", () => {
    const shares = [0, 400, 5_000].map((count) => {
      const { share } = verdictOf(sum(choices("tea", count, "counters", 4)), arm("tea"), 0, 0);
      return share;
    });
    expect(shares[0]).toBe(0.5);
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
    expect(shares.at(-1)).toBe(1);
  });

  it("neither jumps nor turns back: a further choice moves shares by little, and less and less", () => {
    let cells: Cells = new Map();
    const shares = choices("tea", 5_000, "linear", 5).map((delta) => {
      cells = addDelta(cells, delta);
      return verdictOf(cells, arm("tea"), 0, 0).share;
    });
    const steps = shares.slice(1).map((share, at) => Math.abs(share - (shares[at] ?? 0)));
    expect(Math.max(...steps.slice(100))).toBeLessThan(0.2);
    expect(Math.max(...shares.slice(-3_000))).toBe(0);
  });

  it("turns when the world does: old scores fade", () => {
    const at = Date.UTC(2026, 0, 1);
    const on = (day: number, better: "counters" | "linear") => {
      const random = seeded(day + 1);
      const other = better === "counters" ? "linear" : "counters";
      return Array.from({ length: 1_500 }, () => {
        const rate = random() < 0.5 ? 0.6 : 0.2;
        const foreseen = { [better]: rate, [other]: 0.4 } as Foreseen;
        const reward = Number(random() < rate);
        return new Map(
          contestCells({ arm: arm("tea"), features: {}, reward, foreseen, at: at + day * DAY }, 14),
        );
      });
    };
    const cells = sum([...on(0, "counters"), ...on(70, "linear")]);
    expect(verdictOf(cells, arm("tea"), at + 70 * DAY, 14).follows).toBe("linear");
  });
});

describe("a score", () => {
  it("is of what was expected when the choice was made, though its outcome comes later, in parts", () => {
    const foreseen = { counters: 0.3, linear: 0.1 };
    const whole = seen("tea", 1, foreseen);
    const apart = sum([
      seen("tea", 0, foreseen, { trials: 1 }),
      seen("tea", 0.1, foreseen, { trials: 0, before: 0 }),
      seen("tea", 0.9, foreseen, { trials: 0, before: 0.1 }),
    ]);
    for (const [key, cell] of whole) {
      expect(apart.get(key)?.weight).toBeCloseTo(cell.weight, 9);
      expect(apart.get(key)?.sum).toBeCloseTo(cell.sum, 9);
      expect(apart.get(key)?.squares).toBeCloseTo(cell.squares, 9);
    }
    const errors = errorsOf(apart, arm("tea"));
    expect(errors?.counters).toBeCloseTo(0.49, 9);
    expect(errors?.linear).toBeCloseTo(0.81, 9);
  });

  it("is not kept of a choice that only one could foresee", () => {
    expect(contestCells({ arm: arm("tea"), features: {}, reward: 1, at: 0 }, 0)).toEqual([]);
    expect(errorsOf(new Map(), arm("tea"))).toBeNull();
  });
});

describe("the learner auto", () => {
  it("keeps a bounded number of sums an action, however many predictors there are", () => {
    const binning = Object.fromEntries(
      Array.from({ length: 50 }, (_, n) => [
        `p${n}`,
        { kind: "text", values: ["a", "b", "c", "d", "e", "f"] } as const,
      ]),
    );
    const learner = learnerOf({ learner: "auto", halfLifeDays: 0, segmentBy: 2 }, binning);
    const random = seeded(3);
    let cells: Cells = new Map();
    for (let n = 0; n < 300; n += 1) {
      const features = Object.fromEntries(
        Object.keys(binning).map((name) => [name, "abcdef"[Math.floor(random() * 6)] ?? "a"]),
      );
      cells = addDelta(cells, learner.observe({ arm: arm("tea"), features, reward: 1, at: 0 }));
    }
    expect(cells.size).toBeLessThan(2_700);
  });
});

describe("a lead of so many standard deviations", () => {
  const read = (own: number, all: number) =>
    verdictOf(
      new Map([
        ["v|tea|web", { weight: 10, sum: own, squares: 1 }],
        ["v", { weight: 10, sum: all, squares: 1 }],
      ]),
      arm("tea"),
      0,
      0,
    );

  it.each([
    [0, 0, 0.5, "both", "undecided"],
    [1, 1, 0.6, "both", "undecided"],
    [4.9, 4.9, 0.99, "both", "undecided"],
    [5, 0, 1, "counters", "own"],
    [5, 9, 1, "counters", "own"],
    [-4, 0, 0.5, "both", "undecided"],
    [-4.5, 0, 0.25, "both", "undecided"],
    [-5, 0, 0, "linear", "own"],
    [1, -7, 0, "linear", "all"],
    [1, 6, 1, "counters", "all"],
    [2, -2, 0.7, "both", "undecided"],
    [1.9, -2, 0.5, "both", "undecided"],
  ] as const)(
    "%d on the arm and %d over all gives counters a share of %d",
    (own, all, share, follows, because) => {
      const verdict = read(own, all);
      expect(verdict.share).toBeCloseTo(share, 12);
      expect(verdict).toMatchObject({ follows, because, ahead: own, aheadOverAll: all });
    },
  );

  it("mixes what both expect by their shares, and follows one alone at the ends", () => {
    const of = (mean: number, deviation: number, evidence: number) => ({ mean, deviation, evidence });
    const both = { counters: of(0.2, 0.1, 5), linear: of(0.4, 0.3, 7) };
    const at = (share: number) => followed({ ...read(0, 0), share }, both);
    expect(at(1)).toBe(both.counters);
    expect(at(0)).toBe(both.linear);
    expect(at(0.25).mean).toBeCloseTo(0.35, 12);
    expect(at(0.25)).toMatchObject({ deviation: 0.3, evidence: 5 });
  });

  it("is none where nothing was foreseen", () => {
    expect(errorsOf(new Map(), arm("tea"))).toBeNull();
    const cells = new Map([["b|tea|web", { weight: 4, sum: 1, squares: 2 }]]);
    expect(errorsOf(cells, arm("tea"))).toEqual({ counters: 0.25, linear: 0.5 });
  });
});
