/** What a report tells apart. A refusal is nobody contacted at a placement: it has neither action nor channel. */
export type Row = {
  /** Day of the brand's calendar, `2026-11-30`. */
  readonly day: string;
  readonly placement: string;
} & (
  | {
      readonly kind: "choice";
      readonly action: string;
      readonly treatment: string;
      readonly channel: string;
      /** All that are reported and the customer was in, in the order of their names: a choice counts in one row. Absent: none. */
      readonly segments?: readonly string[];
    }
  | { readonly kind: "refusal" }
);

/** What is counted in a row: of a choice by outcome, of refusals by reason. Whole numbers. */
export type Counts = Readonly<Record<string, number>>;
export type CountedRow = {
  readonly row: Row;
  readonly counts: Counts;
  /** What happened in which slice of time, by its number. Stores keep the last ones alone (`KEPT_SLICES`). */
  readonly slices?: Readonly<Record<string, Counts>>;
};

/** How finely it is known when something happened within a day. */
export const SLICE_MS = 10 * 60 * 1_000;
/** Slices that are kept of a row: an hour, the slice under way, and one for those that come late. */
export const KEPT_SLICES = 8;
/** The number of the slice in which a moment lies. */
export const sliceOf = (ms: number): number => Math.floor(ms / SLICE_MS);

/** What slices count of a choice; of a refusal, every reason. */
const SLICED = ["decided", "sent", "delivered", "clicked"] as const;
export type SlicedCount = (typeof SLICED)[number];

/** A row's counts of one moment, and what of them its slice has. */
export const countedAt = (row: Row, counts: Counts, ms: number): CountedRow => {
  const own = Object.entries(counts).filter(
    ([name]) => row.kind === "refusal" || SLICED.some((sliced) => sliced === name),
  );
  if (own.length === 0) return { row, counts };
  return { row, counts, slices: { [sliceOf(ms)]: Object.fromEntries(own) } };
};

/** Values are counted in ten-thousandths: whole numbers add up to the same sum in any order. */
const VALUE_PARTS = 10_000;
/** A value beyond it says more about a slip than about a customer. */
const MOST_VALUE = 1e9;

/** A value as it is counted; 0 where it is no number, or a slip. */
export const toParts = (value: number | undefined): number =>
  value === undefined || !Number.isFinite(value) || Math.abs(value) > MOST_VALUE
    ? 0
    : Math.round(value * VALUE_PARTS);
/** A counted value as people know it. */
export const fromParts = (parts: number): number => parts / VALUE_PARTS;

export const addCounts = (a: Counts, b: Counts): Counts => {
  const sum: Record<string, number> = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
};

const addSlices = (a: CountedRow["slices"] = {}, b: CountedRow["slices"] = {}): CountedRow["slices"] => {
  const sum: Record<string, Counts> = { ...a };
  for (const [slice, counts] of Object.entries(b)) sum[slice] = addCounts(sum[slice] ?? {}, counts);
  return sum;
};

/** The sum of what was counted of one row. */
export const addCounted = (a: CountedRow | undefined, b: CountedRow): CountedRow => {
  if (a === undefined) return b;
  const { row } = b;
  const counts = addCounts(a.counts, b.counts);
  const slices = addSlices(a.slices, b.slices);
  return Object.keys(slices ?? {}).length === 0 ? { row, counts } : { row, counts, slices: slices ?? {} };
};

/** Tells rows apart, whatever stands in their names. */
export const rowKey = (row: Row): string =>
  JSON.stringify(
    row.kind === "refusal"
      ? [row.day, row.placement]
      : [row.day, row.placement, row.action, row.treatment, row.channel, ...(row.segments ?? [])],
  );

/** One entry a row, with the sum of its counts. */
export const sumRows = (rows: readonly CountedRow[]): readonly CountedRow[] => {
  const sums = new Map<string, CountedRow>();
  for (const counted of rows) {
    const key = rowKey(counted.row);
    sums.set(key, addCounted(sums.get(key), counted));
  }
  return [...sums.values()];
};
