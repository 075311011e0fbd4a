/** One line of a bench: what was measured, the figure, the budget beside it, and whether it holds. */
export type Line = {
  readonly what: string;
  readonly figure: string;
  readonly budget: string;
  /** null: printed for information, nothing to hold. */
  readonly holds: boolean | null;
};

const mark = (holds: boolean | null): string => (holds === null ? "" : holds ? "ok" : "OVER");

/** Prints lines as a table and tells how many are over budget. */
export const printTable = (title: string, lines: readonly Line[]): number => {
  const rows = [
    ["what", "figure", "budget", ""],
    ...lines.map((l) => [l.what, l.figure, l.budget, mark(l.holds)]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  console.log(`\n${title}`);
  for (const row of rows) {
    console.log(
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
  return lines.filter((line) => line.holds === false).length;
};

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** The value below which `share` (0..1) of all lie. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
};
