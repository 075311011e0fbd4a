import { placeOf, type SourceText } from "./source-text.ts";

/** How much a diagnostic matters: an `error` makes the element it names yield null, a `warning` does not. */
export type Severity = "error" | "warning";

/** What is wrong with a model, and where. `line` and `column` count from 1. */
export interface DmnDiagnostic {
  readonly severity: Severity;
  readonly code: DmnDiagnosticCode;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Name of the decision, BKM, service, input or type concerned. */
  readonly element?: string;
  /** What should stand there instead. */
  readonly expected?: string;
  /** For findings about a table: inputs that show the problem, by input expression. */
  readonly example?: Readonly<Record<string, string>>;
  /** For a gap of a table: the line of the row that comes closest to covering it, from 1. */
  readonly beside?: number;
}

export type DmnDiagnosticCode =
  | "xml"
  | "limit"
  | "not-dmn"
  | "version"
  | "structure"
  | "name"
  | "duplicate"
  | "reference"
  | "cycle"
  | "type"
  | "expression"
  | "import"
  | "unsupported"
  | "table"
  | "gap"
  | "overlap"
  | "unreachable";

/** Thrown by the readers when the text cannot be read as a DMN model at all. */
export class DmnError extends Error {
  override readonly name = "DmnError";
  readonly diagnostic: DmnDiagnostic;

  constructor(diagnostic: DmnDiagnostic) {
    super(`${formatPlace(diagnostic)}: ${diagnostic.message}`);
    this.diagnostic = diagnostic;
  }
}

/** `file:line:column`, the form that editors turn into a link. */
export function formatPlace(place: Pick<DmnDiagnostic, "file" | "line" | "column">): string {
  return `${place.file}:${place.line}:${place.column}`;
}

/** The error that the text cannot be read, at the character at `offset`. */
export function errorAt(
  source: SourceText,
  offset: number,
  code: DmnDiagnosticCode,
  message: string,
): DmnError {
  return new DmnError({ severity: "error", code, message, file: source.file, ...placeOf(source, offset) });
}
