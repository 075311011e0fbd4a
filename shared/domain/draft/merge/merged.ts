/** A place that two people changed differently. */
export type Conflict = {
  /** The line of the merged text where it stands, from 1. */
  readonly line: number;
  /** Of a decision table: the decision, the row (from 1) and the column's title; of YAML and lines, none. */
  readonly cell?: { readonly decision: string; readonly row: number; readonly column: string };
  readonly before: string;
  readonly yours: string;
  readonly theirs: string;
};

/** Two changes of one text put together. */
export type Merged = {
  /** With both changes; where they conflict, with theirs. */
  readonly text: string;
  readonly conflicts: readonly Conflict[];
  /** What was compared: rows of decision tables, keys of YAML, or lines. */
  readonly by: "rows" | "keys" | "lines";
};

/** A text that two people changed, and what it was before. */
export type ThreeTexts = { readonly before: string; readonly yours: string; readonly theirs: string };
