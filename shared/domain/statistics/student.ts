/**
 * Student's quantile from the normal one of the same probability (Abramowitz and Stegun 26.7.5, three terms): within
 * 1 % from 3 degrees of freedom on, where 0.95 to 0.99 of the values are to lie inside.
 * @param z normal quantile
 * @param freedom degrees of freedom, need not be whole; fewer than 3 count as 3
 */
export const studentQuantile = (z: number, freedom: number): number => {
  const degrees = Math.max(3, freedom);
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
};
