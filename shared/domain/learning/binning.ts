import type { Features } from "./model.ts";

/** Where a predictor's values are cut: numbers at quantiles, texts at the values seen most. */
export type Bins =
  | { readonly kind: "number"; readonly edges: readonly number[] }
  | { readonly kind: "text"; readonly values: readonly string[] };
export type Binning = Readonly<Record<string, Bins>>;

const MISSING = "-";
const OTHER = "~";

/** Edges at the quantiles of what was seen; equal neighbours fall together. */
const quantileEdges = (values: readonly number[], count: number): number[] => {
  const sorted = [...values].sort((a, b) => a - b);
  const edges = Array.from({ length: count - 1 }, (_, index) => {
    const at = Math.floor(((index + 1) * sorted.length) / count);
    return sorted[at] ?? 0;
  });
  return [...new Set(edges)];
};

const frequentValues = (values: readonly string[], count: number): string[] =>
  [...Map.groupBy(values, (value) => value)]
    .sort(([a, first], [b, second]) => second.length - first.length || (a < b ? -1 : 1))
    .slice(0, count)
    .map(([value]) => value);

/**
 * Bins from a first sample of customers (some hundred suffice): at most `count` a predictor. A predictor with any number
 * in it is cut as numbers.
 */
export const learnBinning = (
  sample: readonly Features[],
  predictors: readonly string[],
  count = 8,
): Binning =>
  Object.fromEntries(
    predictors.map((name): [string, Bins] => {
      const values = sample.map((features) => features[name] ?? null);
      const numbers = values.filter((value) => typeof value === "number");
      if (numbers.length > 0) return [name, { kind: "number", edges: quantileEdges(numbers, count) }];
      const texts = values.filter((value) => value !== null).map(String);
      return [name, { kind: "text", values: frequentValues(texts, count) }];
    }),
  );

/** The bin a value falls in: its number, `-` for a missing value, `~` for a text seen too rarely. */
export const binOf = (bins: Bins, value: Features[string] | undefined): string => {
  if (value === null || value === undefined) return MISSING;
  if (bins.kind === "text") {
    const index = bins.values.indexOf(String(value));
    return index < 0 ? OTHER : String(index);
  }
  const number = Number(value);
  if (Number.isNaN(number)) return MISSING;
  let bin = 0;
  while (bin < bins.edges.length && number >= (bins.edges[bin] ?? Number.POSITIVE_INFINITY)) bin += 1;
  return String(bin);
};
