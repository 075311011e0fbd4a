import { attributionsIn, type Span } from "./attribution.ts";
import { linesOf } from "./lines.ts";
import { CUT_HERE } from "./marked-html.ts";
import { headerKind, isAboveForwarded, isAboveOriginal, isSentFrom } from "./words.ts";

/** What a customer wrote, without the mail that they answer. `isWhole` false: the mail held more of their words. */
export type CutReply = { readonly text: string; readonly isWhole: boolean };

/** A signature is short: what is longer below two dashes is part of the letter. */
const MOST_OF_SIGNATURE = 12;
/** Lines among which the names of a quoted mail's headers stand together. */
const HEADER_LINES = 7;

const isBlank = (line: string): boolean => line.trim() === "";
const isQuoted = (line: string): boolean => /^ {0,3}>/.test(line);
const isRule = (line: string): boolean => /^[-_=*]{5,}$/.test(line.trim());

/** Whether the names of a quoted mail's headers begin at a line: whose it is or of when, and two more of them. */
const beginsHeaders = (lines: readonly string[], at: number): boolean => {
  const first = headerKind(lines[at]?.trim() ?? "");
  if (first !== "from" && first !== "date") return false;
  const kinds = new Set(lines.slice(at, at + HEADER_LINES).flatMap((line) => headerKind(line.trim()) ?? []));
  return kinds.size >= 3;
};

type Attributions = ReadonlyMap<number, Span>;

/** The next line that is not blank. */
const nextOf = (lines: readonly string[], from: number): string | undefined => {
  let at = from;
  while (at < lines.length && isBlank(lines[at] ?? "")) at += 1;
  return lines[at];
};

/** Where a mail that is quoted whole, without marks before its lines, begins; the end where there is none. */
const endOfOwn = (lines: readonly string[], attributions: Attributions): number => {
  for (const [at, line] of lines.entries()) {
    const trimmed = line.trim();
    if (trimmed === "" || isQuoted(line)) continue;
    if (trimmed === CUT_HERE || isAboveOriginal(trimmed) || beginsHeaders(lines, at)) return at;
    const span = attributions.get(at);
    if (span === undefined) continue;
    const next = nextOf(lines, span.to);
    if (next === undefined || (span.isSure && !isQuoted(next))) return span.from;
  }
  return lines.length;
};

/** Lines that quote, and those that name whose words they are. */
const quotedIn = (lines: readonly string[], attributions: Attributions): ReadonlySet<number> => {
  const quoted = new Set(lines.flatMap((line, at) => (isQuoted(line) ? [at] : [])));
  for (const { from, to } of attributions.values()) {
    if (to > lines.length || !isQuoted(nextOf(lines, to) ?? "")) continue;
    for (let at = from; at < to; at += 1) quoted.add(at);
  }
  return quoted;
};

/** The end without what is blank there, or quoted. */
const trimEnd = (lines: readonly string[], quoted: ReadonlySet<number>, end: number): number => {
  let to = end;
  while (to > 0 && (isBlank(lines[to - 1] ?? "") || quoted.has(to - 1))) to -= 1;
  return to;
};

/** The end without a signature below two dashes, what a phone writes, and rules. */
const withoutSignature = (lines: readonly string[], end: number): number => {
  const from = Math.max(0, end - MOST_OF_SIGNATURE - 1);
  const dashes = lines.findIndex((line, at) => at >= from && at < end && /^--$/.test(line.trim()));
  let to = dashes === -1 ? end : dashes;
  while (to > 0) {
    const last = (lines[to - 1] ?? "").trim();
    if (last !== "" && !isSentFrom(last) && !isRule(last)) break;
    to -= 1;
  }
  return to;
};

/** An answer below the mail that it answers: without that. Words between what is quoted keep it: they say nothing alone. */
const withoutLeadingQuote = (lines: readonly string[], quoted: ReadonlySet<number>, end: number): number => {
  const last = Math.max(-1, ...[...quoted].filter((at) => at < end));
  const isAbove = lines.slice(0, last + 1).every((line, at) => isBlank(line) || quoted.has(at));
  return isAbove ? last + 1 : 0;
};

/**
 * What a customer wrote themselves in a mail: without the mail that they answer, however their program quotes it, and without
 * a signature. Answers between quoted lines stay, with those. A mail that is passed on stays whole. Never throws; looks at a
 * bounded number of lines, each once for every rule.
 * @param text the mail's text, or what `markedText` made of its HTML
 */
export const cutReply = (text: string, { isForward }: { readonly isForward: boolean }): CutReply => {
  const { lines: all, isWhole } = linesOf(text);
  const kept = all.filter((line) => line.trim() !== CUT_HERE);
  const whole = { text: kept.join("\n").trim(), isWhole };
  if (isForward || kept.some((line) => isAboveForwarded(line.trim()))) return whole;
  const attributions = attributionsIn(all);
  const own = endOfOwn(all, attributions);
  const lines = all.slice(0, own);
  if (own < all.length && lines.every(isBlank)) return whole;
  const quoted = quotedIn(lines, attributions);
  let end = withoutSignature(lines, trimEnd(lines, quoted, lines.length));
  end = trimEnd(lines, quoted, withoutSignature(lines, trimEnd(lines, quoted, end)));
  const from = withoutLeadingQuote(lines, quoted, end);
  return { text: lines.slice(from, end).join("\n").trim(), isWhole: isWhole || own < all.length };
};
