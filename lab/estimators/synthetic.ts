import { draw, inverseGapWeights } from "#domain/learning/explore.ts";
import { type Estimate, estimateFrom } from "#domain/simulation/estimate.ts";
import { addSample, type EvidenceSums, NO_EVIDENCE_SUMS } from "#domain/simulation/evidence.ts";
import { guess, learnGuess, NO_GUESSES } from "#domain/simulation/guess.ts";
import type { World } from "./worlds.ts";

/** A number for each kind of people and each action. */
type Table = readonly (readonly number[])[];

const table = (rows: number, columns: number, cell: () => number): number[][] =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, cell));

const sharesOf = (weights: readonly number[], floor: number): number[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => floor + (1 - floor * weights.length) * (weight / total));
};

const bestOf = (worths: readonly number[]): number => worths.indexOf(Math.max(...worths));

const targetShares = (
  { target, actions, kinds, floor }: World,
  worths: Table,
  logged: Table,
  random: () => number,
): Table => {
  if (target === "same") return logged;
  if (target === "mixture")
    return table(kinds, actions, random).map((weights) => sharesOf(weights, floor / 2));
  return worths.map((row) => row.map((_, action) => (action === bestOf(row) ? 1 : 0)));
};

/** Reward of a success as a multiple of its mean. The log-normal one uses Box and Muller's method (1958). */
const amountOf = (reward: World["reward"], random: () => number): number => {
  if (reward === "success") return 1;
  if (reward === "amount") return 2 * random();
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.exp(normal - 0.5);
};

/** Learns what each action earns with each kind of people. Its policy grows greedier with every decision. */
const learner = ({ kinds, actions, floor }: World) => {
  const tries = table(kinds, actions, () => 1);
  const means = table(kinds, actions, () => 0.2);
  return {
    shares: (kind: number, decision: number): readonly number[] =>
      inverseGapWeights(means[kind] ?? [], { gamma: 2 * Math.sqrt(decision), floor: floor * actions }),
    learn: (kind: number, action: number, reward: number): void => {
      const [tried, mean] = [tries[kind], means[kind]];
      if (tried === undefined || mean === undefined) return;
      tried[action] = (tried[action] ?? 0) + 1;
      mean[action] = (mean[action] ?? 0) + (reward - (mean[action] ?? 0)) / (tried[action] ?? 1);
    },
  };
};

/** Makes one log of decisions in a world. Gives the true value of the target policy and what the estimators say of it. */
export const valueLog = (
  world: World,
  random: () => number,
): { readonly truth: number; readonly estimate: Estimate } => {
  const { kinds, actions, visits = 1 } = world;
  const [least, most] = world.chances;
  const chances = table(kinds, actions, () => least + (most - least) * random());
  const amounts = table(kinds, actions, () => (world.reward === "success" ? 1 : 5 + 40 * random()));
  const worths = chances.map((row, kind) =>
    row.map((chance, action) => chance * (amounts[kind]?.[action] ?? 0)),
  );
  const fixed = table(kinds, actions, random).map((weights) => sharesOf(weights, world.floor));
  const target = targetShares(world, worths, fixed, random);
  const truth =
    target
      .flatMap((shares, kind) => shares.map((share, action) => share * (worths[kind]?.[action] ?? 0)))
      .reduce((sum, worth) => sum + worth, 0) / kinds;
  const learning = world.log === "learner" ? learner(world) : null;

  let sums: EvidenceSums = NO_EVIDENCE_SUMS;
  let guesses = NO_GUESSES;
  let kind = 0;
  let inclination = 1;
  for (let decision = 0; decision < world.decisions; decision += 1) {
    if (decision % visits === 0) {
      kind = Math.min(kinds - 1, Math.floor(random() * kinds));
      if (visits > 1) inclination = 2 * random();
    }
    const logged = learning?.shares(kind, decision) ?? fixed[kind] ?? [];
    const action = draw(logged, random());
    const succeeded = random() < inclination * (chances[kind]?.[action] ?? 0);
    const reward = succeeded ? (amounts[kind]?.[action] ?? 0) * amountOf(world.reward, random) : 0;
    const shares = target[kind] ?? [];
    const chosen = draw(shares, random());
    sums = addSample(sums, {
      customer: String(Math.floor(decision / visits)),
      reward,
      logged: logged[action] ?? 1,
      target: shares[action] ?? 0,
      guessLogged: guess(guesses, String(action)),
      guessTarget: guess(guesses, String(chosen)),
    });
    guesses = learnGuess(guesses, String(action), reward);
    learning?.learn(kind, action, reward);
  }
  const estimate = estimateFrom(sums);
  if (estimate === null) throw new Error("a world without decisions");
  return { truth, estimate };
};
