import { draw } from "#domain/learning/explore.ts";

/** A bandit problem made by a formula: the best choice is known, so regret can be counted. */
export type Problem = {
  readonly arms: number;
  /** Length of what the linear learner sees. */
  readonly features: number;
  /** The numbers that describe a new customer. */
  readonly context: () => readonly number[];
  /** Expected reward of an arm for this customer. */
  readonly expected: (context: readonly number[], arm: number) => number;
  readonly reward: (context: readonly number[], arm: number) => number;
  /** What the linear learner sees of a customer; absent: the numbers as they are. */
  readonly encode?: (context: readonly number[]) => readonly number[];
  /** What counters see: how many predictors, and each one's value; absent: the numbers as they are. */
  readonly predictors?: number;
  readonly describe?: (number: number) => number | string;
};

type Random = () => number;

/** A number of the normal distribution with mean 0 and deviation 1 (Box and Muller 1958). */
const gaussian = (random: Random): number =>
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
 * Two things that only work together: an arm pays where two numbers have the same sign, another where they have not, and a third
 * one always half as well. No line through the numbers tells them apart.
 */
export const interactionProblem = (random: Random): Problem => {
  const expected = ([x = 0, y = 0]: readonly number[], arm: number): number => {
    if (arm === 2) return 0.3;
    return (arm === 0) === x * y > 0 ? 0.6 : 0.05;
  };
  return {
    arms: 3,
    features: 4,
    context: () => Array.from({ length: 4 }, () => 2 * random() - 1),
    expected,
    reward: (point, arm) => Number(random() < expected(point, arm)),
  };
};

/** A linear world that becomes another one after so many customers. */
export const changingProblem = (random: Random, after = 3_000): Problem => {
  const [before, then] = [linearProblem(random, 4, 5), linearProblem(random, 4, 5)];
  let customers = 0;
  const world = (): Problem => (customers <= after ? before : then);
  return {
    arms: 4,
    features: 5,
    context: () => {
      customers += 1;
      return world().context();
    },
    expected: (context, arm) => world().expected(context, arm),
    reward: (context, arm) => world().reward(context, arm),
  };
};

/** Customers come from many places, most of them from few (Zipf), and each place has its own taste. */
export const placesProblem = (random: Random, places = 20, arms = 4): Problem => {
  const tastes = Array.from({ length: places }, () =>
    Array.from({ length: arms }, () => 0.7 * random() ** 2),
  );
  const shares = Array.from({ length: places }, (_, place) => 1 / (place + 1));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const expected = ([place = 0]: readonly number[], arm: number): number => tastes[place]?.[arm] ?? 0;
  return {
    arms,
    features: places,
    context: () => [
      draw(
        shares.map((share) => share / total),
        random(),
      ),
    ],
    expected,
    reward: (context, arm) => Number(random() < expected(context, arm)),
    encode: ([place]) => shares.map((_, index) => Number(index === place)),
    predictors: 1,
    describe: (place) => `place ${place}`,
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
