import {
  type Budget,
  DEFAULT_LIMITS,
  type Environment,
  FeelLimitError,
  type FeelValue,
  type FeelWarning,
  type Limits,
  type WarningCode,
} from "#feel/index.ts";
import type { DmnLimits } from "../source/limits.ts";
import { placeInText } from "../xml/place.ts";
import type { Site } from "./site.ts";
import type { TraceRecorder } from "./trace.ts";

/** Why something became null while a model was evaluated, and where in the model. */
export interface DmnWarning {
  readonly code: WarningCode | "unsupported" | "no-logic" | "hit-policy" | "allowed-values" | "not-compiled";
  readonly message: string;
  /** Name of the decision, BKM or service being evaluated. */
  readonly element: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What an evaluation is given besides its inputs. */
export interface DmnEnvironment extends Omit<Environment, "onWarning"> {
  readonly onWarning?: (warning: DmnWarning) => void;
}

/** One evaluation of a model: also the environment that FEEL sees, so that functions called back find their run. */
export class DmnRun implements Environment {
  readonly environment: DmnEnvironment | undefined;
  readonly bounds: DmnLimits;
  readonly now?: number;
  readonly zone?: string;
  readonly limits?: Partial<Limits>;
  /** Shared by all texts of the model, or each call of a function that calls itself would begin a new count. */
  readonly budget: Budget;
  readonly trace: TraceRecorder | undefined;
  /** The expression under way, for warnings. */
  site: Site | undefined;
  private depth = 0;
  private iterations = 0;

  constructor(environment: DmnEnvironment | undefined, bounds: DmnLimits, trace?: TraceRecorder) {
    this.environment = environment;
    this.bounds = bounds;
    this.trace = trace;
    this.site = undefined;
    this.budget = environment?.budget ?? {
      allowed: environment?.limits?.steps ?? DEFAULT_LIMITS.steps,
      used: 0,
    };
    if (environment === undefined) return;
    if (environment.now !== undefined) this.now = environment.now;
    if (environment.zone !== undefined) this.zone = environment.zone;
    if (environment.limits !== undefined) this.limits = environment.limits;
  }

  /** FEEL's own warnings, with the place in the model added. */
  onWarning(warning: FeelWarning): void {
    this.warn(warning.code, warning.message, this.site, warning.from);
  }

  /** Warns, and returns the null that an error is in FEEL. `index` is a place in the site's text. */
  warn(code: DmnWarning["code"], message: string, site: Site | undefined, index?: number): null {
    const listener = this.environment?.onWarning;
    if (listener === undefined || site === undefined) return null;
    const { source, xml, element } = site;
    listener({ code, message, element, file: source.file, ...placeInText(source, xml, index) });
    return null;
  }

  /** Whether a function's body is being evaluated. */
  get isCalling(): boolean {
    return this.depth > 0;
  }

  /** Runs a function body, one call deeper. */
  call(body: () => FeelValue): FeelValue {
    if (this.depth >= this.bounds.maxCallDepth)
      throw new FeelLimitError("callDepth", this.bounds.maxCallDepth);
    const { site } = this;
    this.depth += 1;
    try {
      return body();
    } finally {
      this.depth -= 1;
      this.site = site;
    }
  }

  /** Counts iterations of boxed expressions, and elements of lists whose type is looked at. */
  spend(iterations: number): void {
    this.iterations += iterations;
    if (this.iterations > this.bounds.maxIterations) {
      throw new FeelLimitError("steps", this.bounds.maxIterations);
    }
  }
}

/** The run that a function call belongs to: FEEL hands its environment through. */
export function runOf(environment: Environment | undefined, limits: DmnLimits): DmnRun {
  return environment instanceof DmnRun ? environment : new DmnRun(undefined, limits);
}
