/** A comma between digits, of which some countries mean decimals and others thousands. */
export const COMMA_IN_NUMBER = "a decimal point, and nothing between thousands: 1234.5";

/**
 * What is written elsewhere, by other languages, word processors and in other countries, and what FEEL writes for it. Signs
 * beyond ASCII are escaped: one of them would make the engine read the whole bundle as UTF-16, a twentieth slower.
 */
const SLIPS: readonly (readonly [written: RegExp, meant: string])[] = [
  // Quotation marks of word processors, angled ones, the apostrophe and its like.
  [/[\u2018-\u201e\xab\xbb'`]/y, '"'],
  [/\u2265/y, ">="],
  [/\u2264/y, "<="],
  [/\u2260/y, "!="],
  // Dashes and the minus of typesetters.
  [/[\u2013\u2014\u2212]/y, "-"],
  [/\xd7/y, "*"],
  [/\xf7/y, "/"],
  [/&&?/y, "and"],
  [/\|\|?/y, "or"],
  [/!/y, "not(...)"],
  [/%/y, "modulo(a, b), or / 100"],
  [
    /(?<=\b(?:years|months|days|hours|minutes)\s+between\s*\([^,]*),/y,
    "a subtraction: (b - a).days, or years and months duration(a, b)",
  ],
  [/(?<=\d),(?=\d)|(?<=\d,\d{3})\.\./y, COMMA_IN_NUMBER],
  [/(?<=\d\s\d{0,2})\d/y, "a number without spaces: 1234.5"],
  [/;/y, "a comma"],
  [/between(?=\s+[^\s,]+\s+and\s)/y, "a range: [1..5]"],
  [/(?<=@)\d[\d-]*/y, 'a text: @"2026-01-31"'],
  [/\u2026|\.\./y, "brackets around a range: [1..5]"],
];

/** Comparisons of other languages, which FEEL reads as one with a range: `n = (= 1)`. */
const COMPARISONS: Readonly<Record<string, string>> = {
  "==": "=",
  "<>": "!=",
  "!==": "!=",
  "=<": "<=",
  "=>": ">=",
  "><": "!=",
};

const KEYWORD =
  /\b(?:and|or|not|if|then|else|for|return|in|some|every|satisfies|between|true|false|null)\b/gi;

/** How far before that place a word may stand that made the text unreadable. */
const NEAR = 100;

interface Slip {
  readonly from: number;
  readonly to: number;
  readonly meant: string;
}

/** What was meant by what stands at or right before the place where a text cannot be read on. */
export function slipAt(text: string, position: number): Slip | null {
  for (const [written, meant] of SLIPS) {
    written.lastIndex = position;
    const found = written.exec(text);
    if (found) return { from: position, to: position + found[0].length, meant };
  }
  const words = /[\p{L}\p{N}_\s]*$/u.exec(text.slice(Math.max(0, position - NEAR), position))?.[0] ?? "";
  const start = position - words.length;
  const rest = /^[\p{L}\p{N}_]+/u.exec(text.slice(position))?.[0] ?? "";
  for (const { 0: word, index } of (words + rest).matchAll(KEYWORD)) {
    const meant = word.toLowerCase();
    if (word !== meant) return { from: start + index, to: start + index + word.length, meant };
  }
  const is = /\bis\s+$/.exec(words);
  return is && { from: start + is.index, to: start + is.index + 2, meant: "=" };
}

/** The name with FEEL's words as FEEL writes them, where it is no name but a condition. */
export function withKeywords(name: string): string {
  return name.replace(KEYWORD, (word) => word.toLowerCase()).replace(/^not (.+)/, "not($1)");
}

/** What was meant by what stands between two operands; undefined for FEEL's own comparisons. */
export function meantComparison(written: string): { written: string; meant: string } | undefined {
  const operator = written.replace(/[\s)]/g, "");
  const meant = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  return meant === undefined ? undefined : { written: operator, meant };
}
