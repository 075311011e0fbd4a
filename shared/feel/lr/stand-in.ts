import type { CodedTokenizer, Grammar, TokenGroup, Tracker } from "./grammar.ts";

/**
 * Takes the place of @lezer/lr and @lezer/highlight in what is bundled: all that lezer-feel asks of them when it is
 * loaded, and nothing that parses. The tables are read when the first text is parsed. It imports nothing, so that a
 * bundle is the same wherever the sources lie.
 */

const FORMAT = 14;
/** Closes a list in the tables. */
const END = 0xffff;

/** What lezer-generator writes. */
interface Specification {
  readonly version: number;
  readonly states: string;
  readonly stateData: string;
  readonly goto: string;
  readonly tokenData: string;
  readonly tokenPrec: number;
  readonly tokenizers: readonly (CodedTokenizer | number)[];
  readonly specialized?: readonly {
    readonly term: number;
    readonly get?: (text: string) => number;
  }[];
  readonly dynamicPrecedences?: Readonly<Record<number, number>>;
  readonly dialects?: Readonly<Record<string, number>>;
  readonly topRules: Readonly<Record<string, readonly number[]>>;
  readonly nodeNames: string;
  readonly repeatNodeCount: number;
  readonly maxTerm: number;
}

export class LRParser {
  private readonly specification: Specification;
  private grammar: Grammar | undefined;

  private constructor(specification: Specification) {
    this.specification = specification;
  }

  /** @throws {RangeError} for a format that this does not know. */
  static deserialize(specification: Specification): LRParser {
    if (specification.version !== FORMAT) throw new RangeError(`tables of version ${specification.version}`);
    return new LRParser(specification);
  }

  get tables(): Grammar {
    this.grammar ??= readGrammar(this.specification);
    return this.grammar;
  }
}

function readGrammar(specification: Specification): Grammar {
  const { tokenPrec, topRules, specialized = [] } = specification;
  const data = readWords(specification.stateData, Uint16Array);
  const tokenData = readWords(specification.tokenData, Uint16Array);
  const names = specification.nodeNames.split(" ");
  return {
    states: readWords(specification.states, Uint32Array),
    data,
    goto: readWords(specification.goto, Uint16Array),
    tokenizers: specification.tokenizers.map((each): CodedTokenizer | TokenGroup =>
      typeof each === "number" ? { data: tokenData, id: each } : each,
    ),
    tokenPrecTable: tokenPrec,
    specialized: specialized.map(({ term }) => term),
    specializers: specialized.map(({ get }) => {
      if (get === undefined) throw new TypeError("keywords told apart by code are unknown");
      return get;
    }),
    dynamicPrecedences: specification.dynamicPrecedences ?? null,
    dialect: { disabled: disabledTerms(specification, data) },
    topRules,
    minRepeatTerm: names.length,
    maxNode: names.length + specification.repeatNodeCount - 1,
    nodeSet: { types: names.map((name) => ({ name })) },
  };
}

/** A one for each token that belongs to a dialect. */
function disabledTerms({ dialects = {}, maxTerm }: Specification, data: Uint16Array): Uint8Array {
  const disabled = new Uint8Array(maxTerm + 1);
  for (const start of Object.values(dialects)) {
    const list = data.subarray(start, data.indexOf(END, start));
    for (const term of list) disabled[term] = 1;
  }
  return disabled;
}

/** Printable characters but for " and \, of which the upper half ends a word; ~ is the word 0xffff. */
const FIRST = 32;
const BASE = 46;
const QUOTE = 34;
const BACKSLASH = 92;
const TILDE = 126;

/** Words are written in base 46; the first says how many follow. */
function readWords<T extends Uint16Array | Uint32Array>(text: string, Words: new (length: number) => T): T {
  let pos = 0;
  const word = (): number => {
    for (let value = 0; ; value *= BASE) {
      const unit = text.charCodeAt(pos++);
      if (unit === TILDE) return END;
      const digit = unit - FIRST - Number(unit > QUOTE) - Number(unit > BACKSLASH);
      if (digit >= BASE) return value + digit - BASE;
      value += digit;
    }
  };
  const words = new Words(word());
  for (let index = 0; pos < text.length; index += 1) words[index] = word();
  return words;
}

export class ExternalTokenizer implements CodedTokenizer {
  readonly token: CodedTokenizer["token"];
  readonly contextual: boolean;
  readonly fallback: boolean;
  readonly extend: boolean;

  constructor(token: CodedTokenizer["token"], options: Partial<Omit<CodedTokenizer, "token">> = {}) {
    this.token = token;
    this.contextual = options.contextual ?? false;
    this.fallback = options.fallback ?? false;
    this.extend = options.extend ?? false;
  }
}

export class ContextTracker implements Tracker {
  readonly start: unknown;
  readonly shift: Tracker["shift"];
  readonly reduce: Tracker["reduce"];

  constructor({ start, shift, reduce }: Partial<Tracker>) {
    this.start = start;
    this.shift = shift ?? ((context) => context);
    this.reduce = reduce ?? ((context) => context);
  }
}

/** Nothing is highlighted. */
export function styleTags(): null {
  return null;
}

/** Every style, and every variant of a style: all the same nothing. */
export const tags: unknown = new Proxy(() => tags, { get: () => tags });
