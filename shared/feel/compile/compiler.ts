import type { Span } from "../syntax/ast.ts";
import { type Diagnostic, type DiagnosticCode, positionOf } from "../syntax/diagnostics.ts";
import { normalizeName } from "../values/names.ts";
import type { FeelType, Scope } from "../values/types.ts";
import type { FeelInput, FeelValue } from "../values/values.ts";
import type { Frame } from "./frame.ts";

/** A compiled expression: reads names from `input`, local variables from `frame`. */
export type Evaluate = (input: FeelInput, frame: Frame) => FeelValue;

export interface Compiled {
  readonly evaluate: Evaluate;
  readonly type: FeelType;
  /** Set if the value is known before any evaluation, which then neither warns nor varies. */
  readonly constant?: { readonly value: FeelValue };
  /** The path from a name of the scope, if the expression is nothing but that path. */
  readonly path?: readonly string[];
}

/** A variable that the expression itself introduces. */
export interface Local {
  readonly name: string;
  readonly slot: number;
  readonly type: FeelType;
  /** The elements of a filtered list: entries of the element may be named directly. */
  readonly spreads: boolean;
}

/** What is known while one text is compiled. */
export class Compiler {
  readonly text: string;
  readonly diagnostics: Diagnostic[] = [];
  /** Every path read from the scope, by its joined name. */
  readonly references = new Map<string, readonly string[]>();
  readonly locals: Local[] = [];
  slots = 0;
  /** Whether an evaluation needs a frame of its own: for variables, counters or the clock. */
  needsFrame = false;
  /** Slot of `?` in unary tests. */
  inputSlot: number | null = null;
  inputType: FeelType | null = null;
  /** The type of what the expression under way is compared with, for hints. */
  comparedWith: FeelType | null = null;
  /** Item definitions that `instance of` and parameters may name. */
  readonly types: Readonly<Record<string, FeelType>>;
  private readonly names = new Map<string, string>();
  readonly scope: Scope;

  constructor(text: string, scope: Scope, types: Readonly<Record<string, FeelType>>) {
    this.text = text;
    this.scope = scope;
    this.types = types;
    for (const name of Object.keys(scope)) this.names.set(normalizeName(name), name);
  }

  /** The declared name that this spelling means, or undefined. */
  declaredName(name: string): string | undefined {
    return this.names.get(normalizeName(name));
  }

  declare(name: string, type: FeelType, spreads = false): Local {
    const local = { name: normalizeName(name), slot: this.slots, type, spreads };
    this.slots += 1;
    this.needsFrame = true;
    this.locals.push(local);
    return local;
  }

  /** Compiles with variables that are gone afterwards. */
  inScope<T>(compile: () => T): T {
    const depth = this.locals.length;
    try {
      return compile();
    } finally {
      this.locals.length = depth;
    }
  }

  /** Compiles what is compared with values of that type. */
  beside<T>(type: FeelType, compile: () => T): T {
    const { comparedWith } = this;
    this.comparedWith = type;
    try {
      return compile();
    } finally {
      this.comparedWith = comparedWith;
    }
  }

  refer(path: readonly string[]): void {
    this.references.set(path.join("\u0000"), path);
  }

  error(code: DiagnosticCode, span: Span, message: string, hints: Hints = {}): void {
    this.report({ severity: "error", code, message, ...hints }, span);
  }

  warning(code: DiagnosticCode, span: Span, message: string, hints: Hints = {}): void {
    this.report({ severity: "warning", code, message, ...hints }, span);
  }

  private report(found: Omit<Diagnostic, keyof Span | "line" | "column">, { from, to }: Span): void {
    this.diagnostics.push({ ...found, from, to, ...positionOf(this.text, from) });
  }
}

interface Hints {
  readonly expected?: string;
  readonly suggestion?: string;
}

/** An expression whose value is known already. */
export function constant(value: FeelValue, type: FeelType): Compiled {
  return { evaluate: () => value, type, constant: { value } };
}
