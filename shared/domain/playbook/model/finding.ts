/** One finding of validation, in a file a business person wrote. Lines and columns start at 1. */
export type PlaybookFinding = {
  readonly severity: "error" | "warning";
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
  readonly expected?: string;
  /** The line of the table's row that it is best shown beside, where that is not its own. */
  readonly beside?: number;
};

/** The most findings that are reported: more do not help. */
export const MAX_FINDINGS = 200;
