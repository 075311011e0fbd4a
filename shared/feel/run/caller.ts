import { DEFAULT_LIMITS, FeelLimitError, type Limits } from "./limits.ts";

/** What an evaluation is given besides the values: the clock, the bounds, and who is told of warnings. */
export interface Environment {
  /** Milliseconds since 1970-01-01T00:00Z; without it `now()` and `today()` are null. */
  readonly now?: number;
  /** IANA zone or offset in which `now()` and `today()` are told; UTC by default. */
  readonly zone?: string;
  readonly limits?: Partial<Limits>;
  /** What several evaluations may cost together: each takes off what it uses. */
  readonly budget?: Budget;
  readonly onWarning?: (warning: FeelWarning) => void;
}

export interface Budget {
  /** In the units of `Limits.steps`. */
  readonly allowed: number;
  used: number;
}

/** Why an operation failed. Its value is null, since FEEL has no exceptions (DMN 1.5, 10.3.2.13). */
export interface FeelWarning {
  readonly code: WarningCode;
  readonly message: string;
  /** Offsets into the expression's text. */
  readonly from: number;
  readonly to: number;
}

export type WarningCode =
  | "type-mismatch"
  | "unknown-name"
  | "unknown-entry"
  | "wrong-arguments"
  | "invalid-value"
  | "division-by-zero"
  | "out-of-range"
  | "not-a-function"
  | "external-function"
  | "no-clock"
  | "coercion";

/** One evaluation: its counters are shared by all frames of it. */
export class Run {
  readonly environment: Environment | undefined;
  readonly limits: Limits;
  steps = 0;
  depth = 0;

  constructor(environment: Environment | undefined) {
    this.environment = environment;
    this.limits = environment?.limits ? { ...DEFAULT_LIMITS, ...environment.limits } : DEFAULT_LIMITS;
  }
}

/** Who calls a function: the evaluation under way, and where in the text the call stands. */
export class Caller {
  readonly run: Run;
  /** Offsets of the operation under way, for the warnings of functions, which know no text. */
  from = 0;
  to = 0;

  constructor(run: Run) {
    this.run = run;
  }

  /** Counts work done; throws FeelLimitError when the budget is spent. */
  spend(steps: number): void {
    const { run } = this;
    run.steps += steps;
    if (run.steps > run.limits.steps) throw new FeelLimitError("steps", run.limits.steps);
    const budget = run.environment?.budget;
    if (budget === undefined) return;
    budget.used += steps;
    if (budget.used > budget.allowed) throw new FeelLimitError("budget", budget.allowed);
  }

  checkListSize(size: number): void {
    if (size > this.run.limits.listSize) throw new FeelLimitError("listSize", this.run.limits.listSize);
  }

  checkStringLength(length: number): void {
    if (length > this.run.limits.stringLength) {
      throw new FeelLimitError("stringLength", this.run.limits.stringLength);
    }
  }

  /** Warns about the operation under way, and returns the null that FEEL's errors are. */
  warn(code: WarningCode, message: string): null {
    this.run.environment?.onWarning?.({ code, message, from: this.from, to: this.to });
    return null;
  }

  /** Warns about another place in the text, and returns null. */
  warnAt(code: WarningCode, message: string, from: number, to: number): null {
    this.run.environment?.onWarning?.({ code, message, from, to });
    return null;
  }
}
