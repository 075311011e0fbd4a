import type { PlaybookFinding } from "#domain/playbook/model/finding.ts";

/** What a command is given of its surroundings, so that tests can give it others. */
export type Terminal = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
};

/** A command line that cannot be understood. Its message is printed with the help below it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Prints findings as `file:line:column`, the form that editors and terminals turn into a link. */
export const showFindings = (
  findings: readonly PlaybookFinding[],
  print: (line: string) => void,
  folder = "",
): void => {
  const prefix = folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
  for (const { severity, file, line, column, message, expected } of findings) {
    print(`${prefix}${file}:${line}:${column}  ${severity}  ${message}`);
    if (expected) print(`    expected: ${expected}`);
  }
};

/** `1 error`, `3 warnings`. */
export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
