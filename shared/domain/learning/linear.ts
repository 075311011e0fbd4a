import {
  type Arm,
  asOf,
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
const countKey = (arm: Arm): string => `n|${armKey(arm)}`;

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
  readonly noise: number;
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
  const residual = Math.max(0, total.squares - dot(theta, rewards));
  return {
    theta,
    factor,
    noise: total.weight <= size ? 1 : Math.sqrt(residual / total.weight),
    evidence: total.weight,
  };
};

/** Expected reward for x, and how unsure it is: noise x sqrt(xT precision^-1 x). */
export const estimateLinear = (solved: SolvedArm, x: readonly number[]): Estimate => {
  const z = forward(solved.factor, x);
  return {
    mean: dot(solved.theta, x),
    deviation: solved.noise * Math.sqrt(dot(z, z)),
    evidence: solved.evidence,
  };
};
