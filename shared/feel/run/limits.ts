/** Bounds on what one expression may cost. Rules are user text: a bad one may fail, but never hold up a process. */
export interface Limits {
  /** UTF-16 units of source text: the grammar's work grows with the square of a list's length. */
  readonly textLength: number;
  /** Nesting of expressions in the source. */
  readonly nesting: number;
  /** User-defined functions calling functions. */
  readonly callDepth: number;
  /** Elements in one list that an expression builds. */
  readonly listSize: number;
  /** UTF-16 units in one string that an expression builds. */
  readonly stringLength: number;
  /** Units of work in one evaluation: an iteration, a call, an element visited, eight units of a text, a regex step. */
  readonly steps: number;
}

export const DEFAULT_LIMITS: Limits = Object.freeze({
  textLength: 32_000,
  nesting: 200,
  callDepth: 200,
  listSize: 1_000_000,
  stringLength: 1_000_000,
  steps: 5_000_000,
});

/** Counts work in units of `Limits.steps`, and throws when there is too much of it. */
export interface Meter {
  spend(steps: number): void;
}

/** The steps that it takes to go through a text of that length, or to copy so many variables: eight go at a time. */
export function bulkSteps(length: number): number {
  return length >>> 3;
}

/** The bounds of one evaluation, and `budget`, the steps that several share. */
export type LimitName = keyof Limits | "budget";

/** An evaluation was stopped because it went past a bound; `limit` names it. */
export class FeelLimitError extends Error {
  readonly code: `limit-${LimitName}`;
  readonly limit: LimitName;
  readonly allowed: number;

  constructor(limit: LimitName, allowed: number) {
    super(`${MESSAGES[limit]} (limit ${allowed})`);
    this.name = "FeelLimitError";
    this.code = `limit-${limit}`;
    this.limit = limit;
    this.allowed = allowed;
  }
}

const MESSAGES: Readonly<Record<LimitName, string>> = {
  textLength: "the expression's text is too long",
  nesting: "the expression is nested too deeply",
  callDepth: "functions call each other too deeply",
  listSize: "a list grows too large",
  stringLength: "a string grows too long",
  steps: "the evaluation takes too many steps",
  budget: "this evaluation and those before it take too many steps together",
};
