import {
  addSample,
  type Estimate,
  type EvidenceSums,
  estimateFrom,
  NO_EVIDENCE_SUMS,
} from "../../shared/domain/simulation/estimate.ts";
import { guess, learnGuess, NO_GUESSES } from "../../shared/domain/simulation/guess.ts";

/** A world in which the truth is known: people of several kinds, actions, a chance of success for each pair. */
export type World = {
  readonly name: string;
  readonly decisions: number;
  readonly kinds: number;
  readonly actions: number;
  /** Least probability with which the log's policy makes any choice. */
  readonly floor: number;
  /** Reward of a success: 1, or an amount that varies. */
  readonly reward: "success" | "amount";
  /** The valued policy: always one action, its own mixture, or the log's own policy. */
  readonly target: "best" | "mixture" | "same";
};

export const WORLDS: readonly World[] = [
  {
    name: "clicks, 4 actions, best action",
    decisions: 4_000,
    kinds: 5,
    actions: 4,
    floor: 0.1,
    reward: "success",
    target: "best",
  },
  {
    name: "clicks, 4 actions, other mixture",
    decisions: 4_000,
    kinds: 5,
    actions: 4,
    floor: 0.1,
    reward: "success",
    target: "mixture",
  },
  {
    name: "clicks, 10 actions, best action",
    decisions: 10_000,
    kinds: 5,
    actions: 10,
    floor: 0.03,
    reward: "success",
    target: "best",
  },
  {
    name: "amounts, 4 actions, best action",
    decisions: 4_000,
    kinds: 5,
    actions: 4,
    floor: 0.1,
    reward: "amount",
    target: "best",
  },
  {
    name: "amounts, 4 actions, same policy",
    decisions: 4_000,
    kinds: 5,
    actions: 4,
    floor: 0.1,
    reward: "amount",
    target: "same",
  },
];

const pick = (shares: readonly number[], uniform: number): number => {
  let left = uniform;
  for (const [index, share] of shares.entries()) {
    left -= share;
    if (left < 0) return index;
  }
  return shares.length - 1;
};

const table = (rows: number, columns: number, cell: () => number): number[][] =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, cell));

const sharesOf = (weights: readonly number[], floor: number): number[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => floor + (1 - floor * weights.length) * (weight / total));
};

/** One log of a world, valued: the truth, and what the estimators make of it. */
export const valueLog = (
  world: World,
  random: () => number,
): { readonly truth: number; readonly estimate: Estimate } => {
  const { kinds, actions, floor } = world;
  const chances = table(kinds, actions, () => 0.02 + 0.3 * random());
  const amounts = table(kinds, actions, () => (world.reward === "amount" ? 5 + 40 * random() : 1));
  const logged = table(kinds, actions, random).map((weights) => sharesOf(weights, floor));
  const target = targetShares(world, chances, amounts, logged, random);
  const worth = (kind: number, action: number): number =>
    (chances[kind]?.[action] ?? 0) * (amounts[kind]?.[action] ?? 0);
  const truth =
    target.reduce(
      (sum, shares, kind) =>
        sum + shares.reduce((all, share, action) => all + share * worth(kind, action), 0),
      0,
    ) / kinds;

  let sums: EvidenceSums = NO_EVIDENCE_SUMS;
  let guesses = NO_GUESSES;
  for (let decision = 0; decision < world.decisions; decision += 1) {
    const kind = Math.min(kinds - 1, Math.floor(random() * kinds));
    const action = pick(logged[kind] ?? [], random());
    const succeeded = random() < (chances[kind]?.[action] ?? 0);
    // Amounts of 0 to twice the mean: the interval has to stand a long tail.
    const reward = succeeded
      ? (amounts[kind]?.[action] ?? 0) * (world.reward === "amount" ? 2 * random() : 1)
      : 0;
    const shares = target[kind] ?? [];
    const chosen = pick(shares, random());
    sums = addSample(sums, {
      reward,
      logged: logged[kind]?.[action] ?? 1,
      target: shares[action] ?? 0,
      guessLogged: guess(guesses, String(action)),
      guessTarget: guess(guesses, String(chosen)),
    });
    guesses = learnGuess(guesses, String(action), reward);
  }
  const estimate = estimateFrom(sums);
  if (estimate === null) throw new Error("a world without decisions");
  return { truth, estimate };
};

const targetShares = (
  { target, actions, kinds, floor }: World,
  chances: readonly (readonly number[])[],
  amounts: readonly (readonly number[])[],
  logged: readonly (readonly number[])[],
  random: () => number,
): readonly (readonly number[])[] => {
  if (target === "same") return logged;
  if (target === "mixture")
    return table(kinds, actions, random).map((weights) => sharesOf(weights, floor / 2));
  return chances.map((row, kind) => {
    const worths = row.map((chance, action) => chance * (amounts[kind]?.[action] ?? 0));
    const best = worths.indexOf(Math.max(...worths));
    return worths.map((_, action) => (action === best ? 1 : 0));
  });
};

export const ESTIMATORS = ["inversePropensity", "selfNormalised", "doublyRobust"] as const;
export type EstimatorName = (typeof ESTIMATORS)[number];

export type Coverage = {
  /** Runs whose interval held the truth. */
  readonly covered: Readonly<Record<EstimatorName, number>>;
  /** Mean width of the interval in shares of the truth. */
  readonly width: Readonly<Record<EstimatorName, number>>;
  readonly runs: number;
};

/** @param seeded gives a stream of uniform numbers for a seed */
export const coverageOf = (world: World, runs: number, seeded: (seed: number) => () => number): Coverage => {
  const covered = { inversePropensity: 0, selfNormalised: 0, doublyRobust: 0 };
  const width = { inversePropensity: 0, selfNormalised: 0, doublyRobust: 0 };
  for (let run = 0; run < runs; run += 1) {
    const { truth, estimate } = valueLog(world, seeded(Math.imul(run + 1, 0x9e3779b1)));
    for (const name of ESTIMATORS) {
      const { low, high } = estimate[name];
      if (low <= truth && truth <= high) covered[name] += 1;
      width[name] += (high - low) / truth / runs;
    }
  }
  return { covered, width, runs };
};
