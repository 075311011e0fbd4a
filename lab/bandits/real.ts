import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Problem } from "./generators.ts";

type Row = { readonly numbers: readonly number[]; readonly label: number };

/**
 * Rows of numbers, the last of which is the label (0, 1, ...); lines that hold anything else are heads and left out. So are the
 * tables of digits, breast cancer and wine (UCI) written that scikit-learn ships.
 */
const rowsOf = (path: string): readonly Row[] => {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const lines = text
    .trim()
    .split("\n")
    .map((line) => line.split(",").map(Number));
  const length = lines.at(-1)?.length ?? 0;
  return lines
    .filter((numbers) => numbers.length === length && numbers.every(Number.isFinite))
    .map((numbers) => ({ numbers: numbers.slice(0, -1), label: numbers.at(-1) ?? 0 }));
};

/** Each column with mean 0 and deviation 1, so that no learner depends on units. */
const scaled = (rows: readonly Row[]): readonly Row[] => {
  const columns = (rows[0]?.numbers ?? []).map((_, column) => {
    const values = rows.map(({ numbers }) => numbers[column] ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / rows.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows.length;
    return { mean, deviation: Math.sqrt(variance) || 1 };
  });
  return rows.map(({ numbers, label }) => ({
    numbers: columns.map(({ mean, deviation }, column) => ((numbers[column] ?? 0) - mean) / deviation),
    label,
  }));
};

/** Real rows played as a bandit: the arm that is the row's label pays 1, all others nothing. */
const problemOf = (rows: readonly Row[]) => {
  const arms = Math.max(...rows.map(({ label }) => label)) + 1;
  const labels = new Map(rows.map(({ numbers, label }) => [numbers, label]));
  const paid = (context: readonly number[], arm: number): number => Number(labels.get(context) === arm);
  return (random: () => number): Problem => ({
    arms,
    features: rows[0]?.numbers.length ?? 0,
    context: () => rows[Math.floor(random() * rows.length)]?.numbers ?? [],
    expected: paid,
    reward: paid,
  });
};

/** The problems in a folder of such tables, by the files' names. */
export const realProblems = (
  folder: string,
): readonly (readonly [string, (random: () => number) => Problem])[] =>
  readdirSync(folder)
    .filter((name) => /\.csv(\.gz)?$/.test(name))
    .sort()
    .flatMap((name) => {
      const rows = scaled(rowsOf(join(folder, name)));
      return rows.length === 0 ? [] : [[name.replace(/\.csv(\.gz)?$/, ""), problemOf(rows)] as const];
    });
