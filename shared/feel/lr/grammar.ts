import type { TextInput } from "./input.ts";

/** A token that a group of the grammar's token automaton recognises. */
export interface TokenGroup {
  readonly data: Uint16Array;
  readonly id: number;
}

/** What a grammar's own tokenizers may know of a parse. */
export interface ParseState {
  readonly pos: number;
  readonly context: unknown;
}

/** A tokenizer in code: it looks at the input and accepts a token there, or does nothing. */
export interface CodedTokenizer {
  readonly token: (input: TextInput, stack: ParseState) => void;
  /** Whether its answer depends on the parse's context, so that it must be asked anew by every stack. */
  readonly contextual: boolean;
  readonly fallback: boolean;
  readonly extend: boolean;
}

/** Keeps a value along the parse, here the names in scope. Values are never changed, only replaced. */
export interface Tracker {
  readonly start: unknown;
  readonly shift: (context: unknown, term: number, stack: ParseState, input: TextInput) => unknown;
  readonly reduce: (context: unknown, term: number, stack: ParseState, input: TextInput) => unknown;
}

/**
 * The tables that lezer-generator makes of a grammar (format 14), under the names that `LRParser` of @lezer/lr keeps
 * them by. Where nothing is bundled that class carries them; in bundles `stand-in.ts` does.
 */
export interface Grammar {
  readonly states: Uint32Array;
  readonly data: Uint16Array;
  readonly goto: Uint16Array;
  readonly tokenizers: readonly (TokenGroup | CodedTokenizer)[];
  readonly tokenPrecTable: number;
  /** Tokens that other rules take apart by their text (keywords), and for each what that text is. */
  readonly specialized: ArrayLike<number>;
  readonly specializers: readonly ((text: string, stack: ParseState) => number)[];
  readonly dynamicPrecedences: Readonly<Record<number, number>> | null;
  readonly dialect: { readonly disabled: ArrayLike<number> | null };
  /** State and term of each rule that can be the whole text. */
  readonly topRules: Readonly<Record<string, readonly number[]>>;
  readonly minRepeatTerm: number;
  readonly maxNode: number;
  readonly nodeSet: { readonly types: readonly { readonly name: string }[] };
}

/** @throws {TypeError} where what calls itself a parser has no tables of that format. */
export function grammarOf(parser: object): Grammar {
  const grammar = "tables" in parser && typeof parser.tables === "object" ? parser.tables : parser;
  if (grammar !== null && isGrammar(grammar)) return grammar;
  throw new TypeError("the grammar's tables are not in the format this driver reads");
}

/** Fields that nothing else has; the differential test holds all of them to lezer's. */
const FIELDS: readonly (keyof Grammar)[] = ["states", "goto", "tokenPrecTable", "minRepeatTerm", "dialect"];

function isGrammar(parser: object): parser is Grammar {
  return FIELDS.every((field) => field in parser);
}

/** @throws {TypeError} where a tracker does not follow shifts and reductions. */
export function trackerOf(tracker: object): Tracker {
  if (isTracker(tracker)) return tracker;
  throw new TypeError("not a context tracker");
}

function isTracker(tracker: object): tracker is Tracker {
  return "start" in tracker && "shift" in tracker && "reduce" in tracker;
}
