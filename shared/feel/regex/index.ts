import { type Match, Matcher, type MatchFlags } from "./match.ts";
import { compilePattern } from "./parse.ts";
import { compileLiteral, type Program } from "./program.ts";
import { PatternError } from "./syntax.ts";

export { PatternError } from "./syntax.ts";

/** A compiled XPath regular expression. Matching is told the work it does, so that it can be bounded. */
export class Regex {
  private readonly program: Program;
  private readonly flags: MatchFlags;

  constructor(program: Program, flags: MatchFlags) {
    this.program = program;
    this.flags = flags;
  }

  get groups(): number {
    return this.program.groups;
  }

  /** The first match anywhere in the text. */
  find(text: string, spend: (steps: number) => void): Match | null {
    return new Matcher(this.program, this.flags, text, spend).find(0);
  }

  /** All matches from left to right, none overlapping. */
  findAll(text: string, spend: (steps: number) => void): Match[] {
    const matcher = new Matcher(this.program, this.flags, text, spend);
    const matches: Match[] = [];
    for (let from = 0; from <= text.length; ) {
      const match = matcher.find(from);
      if (!match) break;
      matches.push(match);
      const [start = 0, end = 0] = match;
      spend(1);
      from = end > start ? end : end + 1;
    }
    return matches;
  }
}

const MAXIMUM_PATTERN = 10_000;
/** Compiled patterns by flags and source, since rules use the same few over and over. Emptied when it is full. */
const CACHE = new Map<string, Regex>();
const MAXIMUM_CACHED = 200;

/** Compiles a pattern with XPath's flags `i m s x q`; throws PatternError. */
export function regex(source: string, flags: string): Regex {
  const key = `${flags}/${source}`;
  const known = CACHE.get(key);
  if (known) return known;
  if (source.length > MAXIMUM_PATTERN) throw new PatternError("the pattern is too long", MAXIMUM_PATTERN);
  if (!/^[imsxq]*$/.test(flags)) throw new PatternError(`unknown flags \`${flags}\``, 0);
  const pattern = flags.includes("x") && !flags.includes("q") ? withoutSpaces(source) : source;
  const program = flags.includes("q")
    ? compileLiteral(pattern)
    : compilePattern(pattern, flags.includes("s"));
  const compiled = new Regex(program, {
    ignoreCase: flags.includes("i"),
    multiline: flags.includes("m") && !flags.includes("q"),
  });
  if (CACHE.size >= MAXIMUM_CACHED) CACHE.clear();
  CACHE.set(key, compiled);
  return compiled;
}

/** Removes white space outside of classes, for flag `x`. */
function withoutSpaces(source: string): string {
  let result = "";
  let depth = 0;
  for (let index = 0; index < source.length; index++) {
    const char = source[index] ?? "";
    if (char === "\\") {
      const next = source[index + 1] ?? "";
      result += char;
      if (depth === 0 && /[ \t\n\r]/.test(next)) continue;
      result += next;
      index += 1;
      continue;
    }
    if (char === "[") depth += 1;
    if (char === "]") depth = Math.max(0, depth - 1);
    if (depth > 0 || !/[ \t\n\r]/.test(char)) result += char;
  }
  return result;
}
