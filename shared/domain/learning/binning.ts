import type { Features } from "./model.ts";

/** Where a predictor's values are cut: numbers at quantiles, texts at the values seen most. */
export type Bins =
  | { readonly kind: "number"; readonly edges: readonly number[] }
  | { readonly kind: "text"; readonly values: readonly string[] };
export type Binning = Readonly<Record<string, Bins>>;

const MISSING = "-";
const OTHER = "~";

/**
 * Observations after which bins are cut: soon, so that learning can begin, and once more when quantiles are known well.
 * Until the last cut the observations themselves are kept, for sums over other bins cannot be converted.
 */
export const BINNING_CUTS = [100, 1_000] as const;

/** The round number of 1, 2 or 5 times a power of ten at or below a width. */
const roundWidth = (width: number): number => {
  const power = 10 ** Math.floor(Math.log10(width));
  const digit = width / power;
  return (digit >= 5 ? 5 : digit >= 2 ? 2 : 1) * power;
};

/**
 * Edges at the quantiles of what was seen, moved to the nearest round number: people read them, thresholds of real
 * processes lie there, and a small sample's chance is rounded away. Equal neighbours fall together.
 */
const quantileEdges = (values: readonly number[], count: number): number[] => {
  const sorted = [...values].sort((a, b) => a - b);
  const edges = Array.from({ length: count - 1 }, (_, index) => {
    const at = Math.floor(((index + 1) * sorted.length) / count);
    return sorted[at] ?? 0;
  });
  const rounded = edges.map((edge, index) => {
    const before = edges[Math.max(0, index - 1)] ?? edge;
    const after = edges[Math.min(edges.length - 1, index + 1)] ?? edge;
    const neighbours = Math.min(edges.length - 1, index + 1) - Math.max(0, index - 1);
    const spacing = (after - before) / Math.max(1, neighbours);
    if (!(spacing > 0)) return edge;
    const step = roundWidth(spacing);
    // Dividing by the inverse keeps 0.3 from becoming 0.30000000000000004.
    return step >= 1 ? Math.round(edge / step) * step : Math.round(edge / step) / Math.round(1 / step);
  });
  return [...new Set(rounded)].sort((a, b) => a - b);
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
  count = 6,
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
