import { chiSquaredTail } from "./gamma.ts";

/** Standard normal distribution function: a squared normal is chi-squared with one degree of freedom. */
export const normalCdf = (z: number): number => {
  const tail = chiSquaredTail(z * z, 1) / 2;
  return z >= 0 ? 1 - tail : tail;
};

/** Standard normal quantile for 0 < p < 1, by bisection on the distribution function: exact to 1e-12. */
export const normalQuantile = (p: number): number => {
  let low = -40;
  let high = 40;
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};
