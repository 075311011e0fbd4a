import { normalQuantile } from "../statistics/normal.ts";
import { studentQuantile } from "../statistics/student.ts";
import type { EvidenceSums } from "./evidence.ts";

/** A mean reward per decision with the interval that holds the truth with the confidence asked for. */
export type Interval = { readonly value: number; readonly low: number; readonly high: number };

/** An estimate with the shape of the terms that it is the sum of. */
export type Spread = {
  readonly value: number;
  readonly samples: number;
  /** Standard error of the value. */
  readonly error: number;
  /** Third and fourth standardised moments of a term: 0 and 3 where terms are normal. */
  readonly skewness: number;
  readonly kurtosis: number;
  /** How far the error moves with the estimate beyond what skewness does; 0 for a mean, see `ratioSpread`. */
  readonly coupling: number;
};

/** A variance so small beside the squares is the rounding of their sums: its moments mean nothing. */
const ROUNDING = 1e-12;
/** And of one so small the square is lost. */
const SMALLEST = 1e-100;
const ALIKE = { error: 0, skewness: 0, kurtosis: Number.POSITIVE_INFINITY, coupling: 0 };

/**
 * How many times as large the variance is as that of independent decisions (the design effect of Kish 1965), by the
 * variance between groups that each customer is in one of (random groups: Wolter, "Introduction to variance estimation",
 * 2007, chapter 2). Less than 1 is chance.
 * @param residuals of each group, added up; of groups without customers none
 * @param squares sum of the squared residuals of all decisions
 */
const designEffect = (residuals: readonly number[], squares: number): number => {
  const between = residuals.reduce((sum, residual) => sum + residual * residual, 0);
  return Math.max(1, (between * residuals.length) / Math.max(1, residuals.length - 1) / squares);
};

/** The mean of terms, from the sums of their first four powers and their sums by group. */
export const meanSpread = (
  { n, groups }: EvidenceSums,
  term: "x" | "d" | "r",
  [sum, squares, cubes, fourths]: readonly [number, number, number, number],
): Spread => {
  const value = sum / n;
  const variance = squares / n - value * value;
  if (!(variance > Math.max(SMALLEST, (ROUNDING * squares) / n))) return { value, samples: n, ...ALIKE };
  const third = cubes / n - (3 * value * squares) / n + 2 * value ** 3;
  const fourth = fourths / n - (4 * value * cubes) / n + (6 * value * value * squares) / n - 3 * value ** 4;
  const residuals = groups.filter((group) => group.n > 0).map((group) => group[term] - value * group.n);
  return {
    value,
    samples: n,
    error: Math.sqrt((designEffect(residuals, n * variance) * variance) / Math.max(1, n - 1)),
    skewness: third / variance ** 1.5,
    kurtosis: fourth / variance ** 2,
    coupling: 0,
  };
};

/**
 * Sum of weighted rewards by sum of weights. With terms u = weight x (reward - ratio), whose sum is 0, the distance
 * from the truth is a mean of terms by a mean of weights (delta method; Owen, "Monte Carlo theory, methods and examples",
 * 2013, 9.2). Two corrections for heavy weights, which pull the ratio towards their own reward:
 * - each residual is divided by 1 - weight / sum of weights as if it had been left out, to second order (the jackknife;
 *   HC3 of MacKinnon and White 1985);
 * - the squared error, taken at the ratio found and not at the truth, falls by 2 x distance x mean(weight x u): in
 *   standard errors and beside 1 / sqrt(n) that is the coupling.
 */
export const ratioSpread = (sums: EvidenceSums): Spread => {
  const { n, groups, w, x, ww, wx, xx, www, wwx, wxx, xxx, wwww, wwwx, wwxx, wxxx, xxxx } = sums;
  const value = x / w;
  const uu = xx - 2 * value * wx + value ** 2 * ww;
  if (!(uu > Math.max(SMALLEST, ROUNDING * xx))) return { value, samples: n, ...ALIKE };
  const uuu = xxx - 3 * value * wxx + 3 * value ** 2 * wwx - value ** 3 * www;
  const uuuu = xxxx - 4 * value * wxxx + 6 * value ** 2 * wwxx - 4 * value ** 3 * wwwx + value ** 4 * wwww;
  const wuu = wxx - 2 * value * wwx + value ** 2 * www;
  const wwuu = wwxx - 2 * value * wwwx + value ** 2 * wwww;
  const leftOut = uu + (2 * wuu) / w + (3 * wwuu) / w ** 2;
  const deviation = Math.sqrt(uu / n);
  const residuals = groups.filter((group) => group.n > 0).map((group) => group.x - value * group.w);
  return {
    value,
    samples: n,
    error: Math.sqrt(designEffect(residuals, uu) * leftOut) / w,
    skewness: uuu / n / deviation ** 3,
    kurtosis: uuuu / n / deviation ** 4,
    coupling: (wx - value * ww) / (w * deviation),
  };
};

/**
 * Degrees of freedom of a chi-squared variable that varies like the estimated variance (Satterthwaite 1946), without the
 * part of its noise that goes along with the mean: by fourth moments the variance's noise is kurtosis - 1, of which
 * skewness^2 is explained by the mean, and `intervalOf` takes care of that.
 */
const freedomOf = ({ samples, skewness, kurtosis }: Spread): number =>
  (2 * samples) / Math.max(Number.EPSILON, kurtosis - 1 - skewness ** 2);

/** Where a cubic is so nearly a straight line that its inverse would be rounding. */
const STRAIGHT = 1e-6;

/**
 * Of the misses that are allowed this share is used, so that the promise holds in skewed worlds too: the moments that
 * correct an interval are estimates themselves, and low where rare, large rewards have not come yet.
 */
const USED = 0.6;

/**
 * An interval that is as likely to miss on either side, however skewed the terms are. Student's intervals miss on one
 * side where rewards are rare and weights uneven: the estimate and its error are low together when a rare term is absent.
 * With T = (value - truth) / error, P(T <= t) is Phi(t + (a t^2 + c) / sqrt(n)) to first order, a = skewness / 3 -
 * coupling and c = skewness / 6; the cubic that has this expansion and always increases is inverted (Hall 1992, "On the
 * removal of skewness by transformation", Journal of the Royal Statistical Society B 54, 221-228).
 * @param confidence share of cases in which the interval is to hold the truth, at least
 * @param freedom degrees of freedom at most, whatever the fourth moments say
 */
export const intervalOf = (spread: Spread, confidence: number, freedom: number): Interval => {
  const { value, error, samples, skewness, coupling } = spread;
  const normal = normalQuantile(1 - (USED * (1 - confidence)) / 2);
  const quantile = studentQuantile(normal, Math.min(freedom, freedomOf(spread)));
  const a = skewness / 3 - coupling;
  const root = Math.sqrt(samples);
  const untransformed = (t: number): number => {
    const shifted = t / root - skewness / (6 * samples);
    return root * (Math.abs(a) < STRAIGHT ? shifted : (Math.cbrt(1 + 3 * a * shifted) - 1) / a);
  };
  return {
    value,
    low: value - error * untransformed(quantile),
    high: value - error * untransformed(-quantile),
  };
};
