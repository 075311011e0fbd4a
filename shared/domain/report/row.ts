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
export type CountedRow = { readonly row: Row; readonly counts: Counts };

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
  for (const { row, counts } of rows) {
    const key = rowKey(row);
    sums.set(key, { row, counts: addCounts(sums.get(key)?.counts ?? {}, counts) });
  }
  return [...sums.values()];
};
