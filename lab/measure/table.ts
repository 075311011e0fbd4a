/** One line of a bench: what was measured, its figure, the budget beside it, and whether the budget holds. */
export type Line = {
  readonly what: string;
  readonly figure: string;
  readonly budget: string;
  /** null: there is no budget to hold. */
  readonly holds: boolean | null;
  /** What others reached on the same work. */
  readonly peers?: string;
};

/** A figure printed for information, with what there is to say beside it. */
export const noted = (what: string, figure: string, beside = ""): Line => ({
  what,
  figure,
  budget: beside,
  holds: null,
});

type Write = (value: number) => string;
const whole: Write = (value) => Math.round(value).toLocaleString("en");

/** A figure that holds while it does not exceed its budget; `write` gives the text of both. */
export const atMost = (what: string, figure: number, budget: number, write: Write = whole): Line => ({
  what,
  figure: write(figure),
  budget: `<= ${write(budget)}`,
  holds: figure <= budget,
});

/** A figure that holds while it does not fall below its budget. */
export const atLeast = (what: string, figure: number, budget: number, write: Write = whole): Line => ({
  what,
  figure: write(figure),
  budget: `>= ${write(budget)}`,
  holds: figure >= budget,
});

/** A count that holds only where it is the one expected. */
export const exactly = (what: string, figure: number, expected: number): Line => ({
  what,
  figure: whole(figure),
  budget: whole(expected),
  holds: figure === expected,
});

const mark = (holds: boolean | null): string => (holds === null ? "" : holds ? "ok" : "OVER");

/** Prints lines as a table. Gives how many of them are over budget. */
export const printTable = (title: string, lines: readonly Line[]): number => {
  const peers = lines.some((line) => line.peers !== undefined) ? "peers" : "";
  const rows = [
    ["what", "figure", "budget", "", peers],
    ...lines.map((l) => [l.what, l.figure, l.budget, mark(l.holds), l.peers ?? ""]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
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
