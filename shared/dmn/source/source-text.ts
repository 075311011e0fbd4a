import { placeIn } from "./place-in.ts";

/** Line and column of a character, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The text of one file, with its name for messages. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** Where the character at `offset` (UTF-16 code units from the start) stands. */
export function placeOf(source: SourceText, offset: number): Place {
  const end = Math.max(0, Math.min(offset, source.text.length));
  const starts = lineStartsOf(source);
  const line = Math.ceil(placeIn(starts, end) / 2);
  return { line, column: end - (starts[line - 1] ?? 0) + 1 };
}

/** Where the lines of a file begin. Kept for each file, since a bad one may have a finding in every line. */
const LINE_STARTS = new WeakMap<SourceText, Float64Array>();

function lineStartsOf(source: SourceText): Float64Array {
  let starts = LINE_STARTS.get(source);
  if (starts !== undefined) return starts;
  starts = Float64Array.from(source.text.matchAll(/(?<![^\n])/g), ({ index }) => index);
  LINE_STARTS.set(source, starts);
  return starts;
}
