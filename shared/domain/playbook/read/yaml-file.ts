import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import { BOUNDS } from "#kernel/bounds.ts";
import type { PlaybookFinding } from "../model/finding.ts";
import { offsetInFile } from "./scalar-offset.ts";
import { tooDeep, wrongNodes } from "./yaml-nodes.ts";

export type Path = readonly PropertyKey[];
/** Lines and columns start at 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

/** A file of the playbook with the way back from its values to the places where they are written. */
export type LocatedFile = {
  readonly path: string;
  readonly value: unknown;
  /** Place of the value at `path` (or of the nearest one above it); `offset` counts characters into a text value. */
  readonly at: (path: Path, offset?: number) => Place;
  /** Place of the key that names the value at `path`. */
  readonly atKey: (path: Path) => Place;
};

/** Aliases may expand to at most this many nodes, so that a small file cannot become a large one. */
const MAX_ALIASES = 100;

/** Reads YAML. Null when the text is no YAML at all; then `findings` says why. */
export const readYaml = (
  path: string,
  source: string,
): { readonly file: LocatedFile | null; readonly findings: readonly PlaybookFinding[] } => {
  const lines = new LineCounter();
  const document = parseDocument(source, {
    lineCounter: lines,
    // Its own search compares every name of a map with every other: yaml-nodes.ts finds them at once.
    uniqueKeys: false,
    strict: true,
    version: "1.2",
    logLevel: "error",
  });
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: path, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const findings = document.errors.map((error): PlaybookFinding => {
    const place = placeOf(error.pos[0]);
    const hint = HINTS[error.code];
    if (error.message.includes("call stack")) return tooDeep(place);
    const message = firstSentence(error.message);
    return { severity: "error", ...place, code: "yaml", message, ...(hint ? { expected: hint } : {}) };
  });
  if (findings.length > 0) return { file: null, findings };
  const wrong = wrongNodes(document, placeOf);
  if (wrong.length > 0) return { file: null, findings: wrong };
  const value = toPlain(document);
  if (value === TOO_MANY_ALIASES) {
    const expected = `aliases that stand for at most ${MAX_ALIASES} values in all, and for ${BOUNDS.yamlBytes} bytes with the rest`;
    const told = { code: "yaml", message: "Too many aliases", expected };
    return { file: null, findings: [{ severity: "error", ...placeOf(0), ...told }] };
  }
  return {
    file: {
      path,
      value,
      at: (at, offset) => placeOf(offsetOf(document, source, at, offset)),
      atKey: (at) => placeOf(keyOffset(document, at)),
    },
    findings,
  };
};

/** What people most often meant where YAML sees something else. */
const HINTS: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: "a text that holds a colon and a space in quotes, or on lines of its own after >-",
  TAB_AS_INDENT: "spaces at the beginning of the line",
  BAD_INDENT: "the same indentation as the lines it belongs to",
  BAD_SCALAR_START: "the whole value in quotes",
  MULTILINE_IMPLICIT_KEY: "name: value",
  MISSING_CHAR: "name: value; where a quote begins a text, one that ends it",
  UNEXPECTED_TOKEN: "one value; a text that begins with a quote or holds a colon, in quotes as a whole",
  MULTIPLE_DOCS: "one document: no line of ---",
};

const TOO_MANY_ALIASES = Symbol("too many aliases");

const toPlain = (document: Document.Parsed): unknown => {
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return isTooLarge(value, BOUNDS.yamlBytes) ? TOO_MANY_ALIASES : value;
  } catch {
    return TOO_MANY_ALIASES;
  }
};

/** Counts no further than it must: what aliases stand for is one value in memory, and many once it is written. */
const isTooLarge = (value: unknown, most: number): boolean => {
  let left = most;
  const count = (member: unknown): boolean => {
    left -= typeof member === "string" ? member.length : 2;
    if (left < 0) return true;
    if (typeof member !== "object" || member === null) return false;
    return Object.entries(member).some(([name, inner]) => {
      left -= name.length;
      return count(inner);
    });
  };
  return count(value);
};

const firstSentence = (message: string): string => message.split(/ at line \d+|\n/)[0] ?? message;

const offsetOf = (
  document: Document.Parsed,
  source: string,
  path: Path,
  offset: number | undefined,
): number => {
  const node = nearest(document, path);
  if (offset !== undefined && isScalar(node) && typeof node.value === "string") {
    return offsetInFile(source, node, node.value, offset);
  }
  return node?.range?.[0] ?? 0;
};

/** The node at `path`, or the last one on the way to it: a missing member is reported at the map that lacks it. */
const nearest = (document: Document.Parsed, path: Path): Node | undefined => {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return document.contents ?? undefined;
};

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "range" in value && value.range !== undefined;

const keyOffset = (document: Document.Parsed, path: Path): number => {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const key = path.at(-1);
  if (isMap(parent)) {
    for (const pair of parent.items) {
      if (isScalar(pair.key) && String(pair.key.value) === String(key)) return pair.key.range?.[0] ?? 0;
    }
  }
  return nearest(document, path)?.range?.[0] ?? 0;
};
