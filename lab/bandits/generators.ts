/** A bandit problem made by a formula: the best choice is known, so regret can be counted. */
export type Problem = {
  readonly arms: number;
  readonly features: number;
  /** The numbers that describe a new customer. */
  readonly context: () => number[];
  /** Expected reward of an arm for this customer. */
  readonly expected: (context: readonly number[], arm: number) => number;
  readonly reward: (context: readonly number[], arm: number) => number;
};

type Random = () => number;

/** A number of the normal distribution with mean 0 and deviation 1 (Box and Muller 1958). */
export const gaussian = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const unitVector = (random: Random, size: number): number[] => {
  const vector = Array.from({ length: size }, () => gaussian(random));
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

/** Customers and arms are unit vectors; the expected reward is their product, and Gaussian noise is added. */
export const linearProblem = (random: Random, arms = 6, features = 8, noise = 0.25): Problem => {
  const thetas = Array.from({ length: arms }, () => unitVector(random, features));
  const expected = (context: readonly number[], arm: number) => dot(thetas[arm] ?? [], context);
  return {
    arms,
    features,
    context: () => unitVector(random, features),
    expected,
    reward: (context, arm) => expected(context, arm) + noise * gaussian(random),
  };
};

/**
 * The wheel bandit (Riquelme, Tucker, Snoek 2018, section 5.4). Customers are points in the unit disk. Arm 0 always gives
 * 1.2 and the others 1.0; but to customers beyond the radius delta one of these, by quadrant, gives 50.
 */
export const wheelProblem = (random: Random, delta = 0.95): Problem => {
  const context = (): number[] => {
    for (;;) {
      const point = [2 * random() - 1, 2 * random() - 1];
      if (Math.hypot(...point) <= 1) return point;
    }
  };
  const rich = ([x = 0, y = 0]: readonly number[]): number => (x >= 0 ? (y >= 0 ? 1 : 2) : y >= 0 ? 3 : 4);
  const expected = (point: readonly number[], arm: number): number => {
    if (arm === 0) return 1.2;
    return Math.hypot(...point) > delta && arm === rich(point) ? 50 : 1;
  };
  return {
    arms: 5,
    features: 2,
    context,
    expected,
    reward: (point, arm) => expected(point, arm) + 0.01 * gaussian(random),
  };
};
