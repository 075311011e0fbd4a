import { seeded } from "../seeded.ts";
import { linearProblem, type Problem, wheelProblem } from "./generators.ts";
import {
  counterPolicy,
  epsilonGreedyPolicy,
  linearPolicy,
  linUcbPolicy,
  type Policy,
  regret,
} from "./policies.ts";

/**
 * `npm run bandits`: how much our learners lose to the best choice (cumulative regret) on generated bandits, beside LinUCB
 * and epsilon-greedy. Every policy meets the same customers. Settings are tuned on other seeds than those reported.
 */
const STEPS = 10_000;
/** Eight: with fewer, a setting that misses the rare reward in one world of ten could pass for the best. */
const TUNING_SEEDS = [11, 12, 13, 14, 15, 16, 17, 18];
const REPORT_SEEDS = [1, 2, 3, 4, 5, 6];

type MakePolicy = (problem: Problem, random: () => number) => Policy;
type Contestant = { readonly name: string; readonly settings: readonly (readonly [string, MakePolicy])[] };

const average = (
  make: (random: () => number) => Problem,
  policy: MakePolicy,
  seeds: readonly number[],
): number => {
  const lost = seeds.map((seed) => {
    const problem = make(seeded(seed));
    return regret(problem, policy(problem, seeded(seed + 100_000)), STEPS);
  });
  return lost.reduce((sum, value) => sum + value, 0) / lost.length;
};

const explorations = [0.2, 1, 2].flatMap((optimism) =>
  [3, 300].map((greed) => ({ optimism, greed, floor: 0 })),
);
const rapport = (
  name: string,
  make: (problem: Problem, random: () => number, exploration: (typeof explorations)[number]) => Policy,
): Contestant => ({
  name,
  settings: explorations.map((exploration) => [
    `optimism ${exploration.optimism}, greed ${exploration.greed}`,
    (problem, random) => make(problem, random, exploration),
  ]),
});

const CONTESTANTS: readonly Contestant[] = [
  rapport("Rapport, linear learner", linearPolicy),
  rapport("Rapport, counters", counterPolicy),
  {
    name: "LinUCB",
    settings: [0.1, 0.25, 0.5, 1, 2, 4].map((alpha) => [
      `alpha ${alpha}`,
      (problem) => linUcbPolicy(problem, alpha),
    ]),
  },
  {
    name: "epsilon-greedy",
    settings: [0.01, 0.05, 0.1].map((epsilon) => [
      `epsilon ${epsilon}`,
      (problem, random) => epsilonGreedyPolicy(problem, random, epsilon),
    ]),
  },
];

/** The setting with the least regret on the tuning seeds. */
const tuned = (make: (random: () => number) => Problem, { settings }: Contestant) =>
  settings
    .map(([label, policy]) => ({ label, policy, regret: average(make, policy, TUNING_SEEDS) }))
    .reduce((best, one) => (one.regret < best.regret ? one : best));

const PROBLEMS: readonly (readonly [string, (random: () => number) => Problem])[] = [
  ["linear, 8 features, 6 arms", (random) => linearProblem(random)],
  ["wheel, delta 0.95, 5 arms", (random) => wheelProblem(random)],
];

for (const [title, make] of PROBLEMS) {
  console.log(
    `\n${title}: regret after ${STEPS} steps, mean of seeds ${REPORT_SEEDS.join(" ")} (tuned on ${TUNING_SEEDS.join(" ")})`,
  );
  for (const contestant of CONTESTANTS) {
    const { label, policy } = tuned(make, contestant);
    const lost = average(make, policy, REPORT_SEEDS);
    console.log(`  ${contestant.name.padEnd(26)}${lost.toFixed(0).padStart(8)}   ${label}`);
  }
}
