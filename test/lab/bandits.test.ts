import { describe, expect, it } from "vitest";
import { linearProblem, type Problem, wheelProblem } from "#lab/bandits/generators.ts";
import {
  counterPolicy,
  epsilonGreedyPolicy,
  linearPolicy,
  linUcbPolicy,
  type Policy,
  regret,
} from "#lab/bandits/policies.ts";
import { seeded } from "#lab/seeded.ts";

const SEEDS = [1, 2, 3];
const STEPS = 10_000;
const lost = (
  make: (random: () => number) => Problem,
  policy: (problem: Problem, random: () => number) => Policy,
): number =>
  SEEDS.reduce((sum, seed) => {
    const problem = make(seeded(seed));
    return sum + regret(problem, policy(problem, seeded(seed + 100_000)), STEPS);
  }, 0) / SEEDS.length;

describe("on generated bandits", () => {
  it("counters lose less than LinUCB where rewards are not linear", () => {
    const counters = lost(wheelProblem, (problem, random) =>
      counterPolicy(problem, random, { optimism: 0.2, greed: 3, floor: 0 }),
    );
    expect(counters).toBeLessThan(lost(wheelProblem, (problem) => linUcbPolicy(problem, 2)));
  });

  it("the linear learner loses less than twice as much as LinUCB where they are", () => {
    const linear = lost(linearProblem, (problem, random) =>
      linearPolicy(problem, random, { optimism: 1, greed: 100, floor: 0 }),
    );
    expect(linear).toBeLessThan(2 * lost(linearProblem, (problem) => linUcbPolicy(problem, 0.5)));
  });

  it("the linear learner goes on trying arms that never paid where one in forty tries pays much", () => {
    const settings = { optimism: 2, greed: 3, floor: 0 };
    const linear = lost(wheelProblem, (problem, random) => linearPolicy(problem, random, settings));
    expect(linear).toBeLessThan(
      lost(wheelProblem, (problem, random) => epsilonGreedyPolicy(problem, random, 0.05)) / 4,
    );
  });
});
