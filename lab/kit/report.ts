import { type CaseResult, LEVELS } from "./run.ts";

/** The failing cases, grouped by suite. */
export function failuresBySuite(results: readonly CaseResult[]): string[] {
  const suites = Map.groupBy(results, ({ level, suite }) => `${level}/${suite}`);
  return [...suites].flatMap(([suite, cases]) => {
    const failed = cases.filter(({ passed }) => !passed);
    if (failed.length === 0) return [];
    const lines = failed.flatMap(({ id, problems }) => problems.map((problem) => `  ${id}: ${problem}`));
    return [`${suite}: ${failed.length} of ${cases.length} fail`, ...lines];
  });
}

/** The kit's own table of results: level, suite, test file, case, outcome, comment. */
export function resultsCsv(results: readonly CaseResult[]): string {
  const rows = results.map(({ level, suite, file, id, passed, problems }) =>
    [`${level}/${suite}`, file.replace(/\.xml$/, ""), id, passed ? "SUCCESS" : "ERROR", problems.join("; ")]
      .map((cell) => `"${cell.replaceAll('"', '""').replaceAll(/\s+/g, " ")}"`)
      .join(","),
  );
  return `${rows.join("\n")}\n`;
}

/** One line a level, the two that count last. */
export function summary(results: readonly CaseResult[]): string[] {
  const line = (level: string): string => {
    const cases = results.filter((result) => result.level === level);
    return `${level} ${cases.filter(({ passed }) => passed).length}/${cases.length}`;
  };
  return ["non-compliant", ...LEVELS.filter((level) => level !== "non-compliant")].map(line);
}
