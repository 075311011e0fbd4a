/** Standard errors on either side that hold the truth in 95 of 100 cases. */
const Z = 1.96;

/** A share, and where the true one lies in 95 of 100 cases. */
export type Rate = { readonly share: number; readonly low: number; readonly high: number };

/**
 * How often something came of what was done so many times. The interval is Wilson's ("Probable inference", 1927), which holds
 * for few and for rare ones, too. Null: nothing was done. More may come of it than was done on the same days; that is all of it.
 */
export const rateOf = (count: number, of: number): Rate | null => {
  if (!(of > 0)) return null;
  const share = Math.min(1, Math.max(0, count / of));
  const spread = Z ** 2 / of;
  const middle = (share + spread / 2) / (1 + spread);
  const reach = (Z * Math.sqrt((share * (1 - share)) / of + spread / (4 * of))) / (1 + spread);
  return { share, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
};
