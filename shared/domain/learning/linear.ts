import {
  type Arm,
  addCell,
  asOf,
  type Cell,
  type Cells,
  cellOf,
  type Delta,
  EMPTY_CELL,
  type Estimate,
  type Observation,
} from "./model.ts";

/**
 * Bayesian linear regression per arm: reward = theta . x + noise, with theta ~ N(0, 1/ridge). Its sufficient statistics,
 * the sums of x xT, x reward and reward squared, are additive as counters are, and live in the same cells.
 */
export type LinearSettings = {
  /** Length of x, the intercept included. */
  readonly dimensions: number;
  readonly ridge: number;
  readonly halfLifeDays: number;
};

const armKey = (arm: Arm): string => `${arm.action}|${arm.channel}`;
const productKey = (arm: Arm, row: number, column: number): string => `x|${armKey(arm)}|${row}|${column}`;
const rewardKey = (arm: Arm, row: number): string => `y|${armKey(arm)}|${row}`;
const COUNTS = "n|";
const countKey = (arm: Arm): string => `${COUNTS}${armKey(arm)}`;

/** The sums one observation adds; `x` has `dimensions` numbers. */
export const observeLinear = (
  settings: LinearSettings,
  x: readonly number[],
  observation: Omit<Observation, "features">,
): Delta => {
  const { arm } = observation;
  const cell = cellOf({ ...observation, features: {} }, settings.halfLifeDays);
  const delta = new Map([[countKey(arm), cell]]);
  for (let row = 0; row < settings.dimensions; row += 1) {
    const value = x[row] ?? 0;
    if (value === 0) continue;
    if (cell.sum !== 0) delta.set(rewardKey(arm, row), { ...EMPTY_CELL, sum: value * cell.sum });
    if (cell.weight === 0) continue;
    for (let column = 0; column <= row; column += 1) {
      const product = cell.weight * value * (x[column] ?? 0);
      if (product !== 0) delta.set(productKey(arm, row, column), { ...EMPTY_CELL, sum: product });
    }
  }
  return delta;
};

/** What is solved once per snapshot: the mean of theta and the Cholesky factor of its precision. */
export type SolvedArm = {
  readonly theta: readonly number[];
  readonly factor: readonly (readonly number[])[];
  /** Squared errors of theta on what was seen, its distance from the prior included. */
  readonly errors: number;
  readonly evidence: number;
};

/** Lower-triangular L with L LT = matrix; the ridge keeps it positive definite. */
const cholesky = (matrix: readonly (readonly number[])[]): number[][] => {
  const factor: number[][] = matrix.map((row) => row.map(() => 0));
  for (const [row, values] of matrix.entries()) {
    const current = factor[row] ?? [];
    for (let column = 0; column <= row; column += 1) {
      const other = factor[column] ?? [];
      let rest = values[column] ?? 0;
      for (let k = 0; k < column; k += 1) rest -= (current[k] ?? 0) * (other[k] ?? 0);
      current[column] = row === column ? Math.sqrt(Math.max(rest, 1e-12)) : rest / (other[column] ?? 1);
    }
  }
  return factor;
};

/** z with L z = vector. */
const forward = (factor: readonly (readonly number[])[], vector: readonly number[]): number[] => {
  const z: number[] = [];
  for (const [row, values] of factor.entries()) {
    let rest = vector[row] ?? 0;
    for (let k = 0; k < row; k += 1) rest -= (values[k] ?? 0) * (z[k] ?? 0);
    z.push(rest / (values[row] ?? 1));
  }
  return z;
};

/** v with LT v = z. */
const backward = (factor: readonly (readonly number[])[], z: readonly number[]): number[] => {
  const v = z.map(() => 0);
  for (let row = z.length - 1; row >= 0; row -= 1) {
    let rest = z[row] ?? 0;
    for (let k = row + 1; k < z.length; k += 1) rest -= (factor[k]?.[row] ?? 0) * (v[k] ?? 0);
    v[row] = rest / (factor[row]?.[row] ?? 1);
  }
  return v;
};

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

/** Solves one arm from its sums: O(d^3), once per snapshot of the model. */
export const solveLinear = (settings: LinearSettings, cells: Cells, arm: Arm, now: number): SolvedArm => {
  const read = (key: string) => asOf(cells.get(key) ?? EMPTY_CELL, now, settings.halfLifeDays);
  const size = settings.dimensions;
  const precision = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => {
      const sum = read(productKey(arm, Math.max(row, column), Math.min(row, column))).sum;
      return row === column ? sum + settings.ridge : sum;
    }),
  );
  const rewards = Array.from({ length: size }, (_, row) => read(rewardKey(arm, row)).sum);
  const factor = cholesky(precision);
  const theta = backward(factor, forward(factor, rewards));
  const total = read(countKey(arm));
  return {
    theta,
    factor,
    errors: Math.max(0, total.squares - dot(theta, rewards)),
    evidence: total.weight,
  };
};

/** Variance of rewards before any is known: that of a fair coin; and how many observations it counts for. */
const COIN = { variance: 0.25, counts: 100 } as const;

/**
 * Variance of rewards over all arms of a snapshot. The weights' common factor only affects how much the coin counts. `now`
 * as for `solveLinear`.
 */
export const typicalVariance = (settings: LinearSettings, cells: Cells, now: number): number => {
  let sums: Cell = EMPTY_CELL;
  for (const [key, cell] of cells) if (key.startsWith(COUNTS)) sums = addCell(sums, cell);
  // Counters keep the same sums over all arms, also over those that are not in this snapshot.
  const shared = cells.get("*") ?? EMPTY_CELL;
  const all = asOf(shared.weight > sums.weight ? shared : sums, now, settings.halfLifeDays);
  const squares = all.weight > 0 ? Math.max(0, all.squares - all.sum ** 2 / all.weight) : 0;
  return (squares + COIN.variance * COIN.counts) / (all.weight + COIN.counts);
};

/**
 * Observations that the typical variance counts for in an arm's own noise: the conjugate prior of a normal variance.
 * Without it an arm that never paid yet has no noise, is certain, and is never tried again, though a rare large reward may
 * wait there. Tuned on generated bandits (lab/bandits/).
 */
const TYPICAL_COUNTS = 30;

/**
 * Expected reward for x, and how unsure it is: noise x sqrt(xT precision^-1 x).
 * @param typical variance of rewards over all arms
 */
export const estimateLinear = (solved: SolvedArm, x: readonly number[], typical: number): Estimate => {
  const z = forward(solved.factor, x);
  const noise = (solved.errors + TYPICAL_COUNTS * typical) / (solved.evidence + TYPICAL_COUNTS);
  return {
    mean: dot(solved.theta, x),
    deviation: Math.sqrt(noise * dot(z, z)),
    evidence: solved.evidence,
  };
};
