import { type Binning, type Bins, binOf } from "./binning.ts";
import type { Features } from "./model.ts";

/** Numbers further out are cut to this, so that one unusual customer does not tilt a line. */
const FURTHEST = 3;

const placesOf = (bins: Bins): number => (bins.kind === "number" ? 1 : bins.values.length);

/** Length of the vectors that `encode` makes: the intercept, one place a number, one a frequent text value. */
export const dimensionsOf = (binning: Binning): number =>
  Object.values(binning).reduce((sum, bins) => sum + placesOf(bins), 1);

/** The middle edge is 0, the distance from the first to the last edge is 2; missing counts as the middle. */
const scaled = (edges: readonly number[], value: Features[string] | undefined): number => {
  if (value === null || value === undefined || !Number.isFinite(Number(value))) return 0;
  const first = edges[0] ?? 0;
  const half = ((edges.at(-1) ?? first) - first) / 2 || 1;
  const middle = edges[Math.floor(edges.length / 2)] ?? 0;
  return Math.max(-FURTHEST, Math.min(FURTHEST, (Number(value) - middle) / half));
};

/** A customer's predictors as numbers for the linear learner, scaled by the bins. */
export const encode = (binning: Binning, features: Features): number[] => {
  const x = [1];
  for (const [name, bins] of Object.entries(binning)) {
    if (bins.kind === "number") x.push(scaled(bins.edges, features[name]));
    else {
      const bin = binOf(bins, features[name]);
      for (let place = 0; place < bins.values.length; place += 1) x.push(Number(bin === String(place)));
    }
  }
  return x;
};
