/** A finding about an expression's text, with the place it is about. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly code: DiagnosticCode;
  readonly message: string;
  /** Offsets into the text, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** 1-based, in UTF-16 units. */
  readonly line: number;
  readonly column: number;
  readonly expected?: string;
  readonly suggestion?: string;
}

export type DiagnosticCode =
  | "syntax"
  | "too-long"
  | "too-deep"
  | "unknown-name"
  | "unknown-entry"
  | "unknown-type"
  | "unknown-parameter"
  | "wrong-arguments"
  | "type-mismatch"
  | "never-true"
  | "not-a-function"
  | "external-function"
  | "invalid-literal";

/** The text is not FEEL; `diagnostics` says where and why. */
export class FeelSyntaxError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const first = diagnostics.find((diagnostic) => diagnostic.severity === "error") ?? diagnostics[0];
    super(first ? `${first.line}:${first.column} ${first.message}` : "not a FEEL expression");
    this.name = "FeelSyntaxError";
    this.diagnostics = diagnostics;
  }
}

/** 1-based line and column of an offset. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (
    let index = text.indexOf("\n");
    index !== -1 && index < offset;
    index = text.indexOf("\n", index + 1)
  ) {
    line += 1;
    lineStart = index + 1;
  }
  return { line, column: offset - lineStart + 1 };
}
