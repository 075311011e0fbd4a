import { describe, expect, it } from "vitest";
import { interactionProblem, linearProblem, type Problem, placesProblem } from "#lab/bandits/generators.ts";
import { autoPolicy, counterPolicy, linearPolicy, type Policy, regret } from "#lab/bandits/policies.ts";
import { seeded } from "#lab/seeded.ts";

const SEEDS = [1, 2, 3];
const EXPLORATION = { optimism: 1, greed: 300, floor: 0 };
type Make = (problem: Problem, random: () => number, exploration: typeof EXPLORATION) => Policy;

const lost = (make: (random: () => number) => Problem, policy: Make, steps: number): number =>
  SEEDS.reduce((sum, seed) => {
    const problem = make(seeded(seed));
    return sum + regret(problem, policy(problem, seeded(seed + 100_000), EXPLORATION), steps);
  }, 0) / SEEDS.length;

describe("the learner auto, on generated bandits", () => {
  it.each([
    ["effects add up", (random: () => number) => linearProblem(random), 3_000],
    ["two things only work together", interactionProblem, 3_000],
    ["customers come from many places", (random: () => number) => placesProblem(random), 2_000],
  ] as const)("loses at most 1.2 times what the better of the two does where %s", (_, make, steps) => {
    const better = Math.min(lost(make, counterPolicy, steps), lost(make, linearPolicy, steps));
    expect(lost(make, autoPolicy, steps)).toBeLessThanOrEqual(1.2 * better);
  });
});
