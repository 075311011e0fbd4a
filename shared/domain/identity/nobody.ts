import type { Json } from "#kernel/json.ts";

/*
 * Values that programs send where they know nobody: one of them, linked once, would make one person of all visitors. The
 * words are those that PostHog, Mixpanel and Amplitude refuse as ids, and what languages print for a missing value.
 */

const WORDS: ReadonlySet<string> = new Set([
  ...["null", "nil", "none", "undefined", "unset", "unknown", "n/a", "na", "nan", "void", "true", "false"],
  ...["anonymous", "anon", "guest", "not_authenticated", "not authenticated", "unauthenticated", "-1"],
  ...["id", "userid", "user_id", "anonymousid", "anonymous_id", "distinctid", "distinct_id"],
  // The build that Android emulators and some phones took for a device's own id.
  "lmy47d",
]);

/** Quotes and brackets that a printer put around a value: `"null"`, `(null)` of Objective-C, `<nil>` of Go, `[]`, `{}`. */
const WRAPPED = /^["'`(<[{\s]+|["'`)>\]}\s]+$/g;
/** `0`, `0.0`, and ids of noughts alone, as a phone gives that may not tell its own. */
const NOUGHTS = /^[-0.:]*0[-0.:]*$/;
/** The greatest UUID there is. */
const ALL_ONES = /^[fF]{8}(?:-?[fF]{4}){3}-?[fF]{12}$/;
/** What JavaScript makes of an object where text was asked for. */
const PRINTED = /^object [a-z]+$/;
/** The place of a value that nobody filled in: `{{User ID}}` of a tag manager, `${userId}`, `%user_id%`, `*|NAME|*`. */
const UNFILLED = /^(?:\{\{.*\}\}|[$%#]\{.*\}|<%.*%>|%%?[a-z_]+%{0,2}|\*\|.*\|\*)$/is;
const INVISIBLE_ENDS = /^[\s\p{Cc}\p{Cf}\p{DI}]+|[\s\p{Cc}\p{Cf}\p{DI}]+$/gu;

/** A text without blanks and invisible characters around it. */
export const trimmed = (text: string): string => text.replace(INVISIBLE_ENDS, "");

/** Whether an id says nothing of whom it means: empty, a word for nothing, or noughts alone. */
export const namesNobody = (text: string): boolean => {
  const shown = trimmed(text);
  const bare = shown.replace(WRAPPED, "").toLowerCase();
  if (bare === "" || WORDS.has(bare)) return true;
  if (NOUGHTS.test(bare) || ALL_ONES.test(bare) || PRINTED.test(bare) || UNFILLED.test(shown)) return true;
  return bare.split(/[\s_:.|-]+/).every((part) => part === "null" || part === "undefined");
};

/** Digits that a number keeps whatever it is. */
const SURE_DIGITS = 15;

/** Whether a number came through JSON as it was written: past 2^53, and past 15 digits of a fraction, two become one. */
export const isExact = (value: number): boolean =>
  Number.isSafeInteger(value) ||
  (Math.abs(value) <= Number.MAX_SAFE_INTEGER && Number(value.toPrecision(SURE_DIGITS)) === value);

/** Whether a text is what somebody wrote: halves of characters, and bytes that were none, all look alike once stored. */
export const isWhole = (text: string): boolean => text.isWellFormed() && !text.includes("\ufffd");

/** Why a value leads to nobody. */
export type Unusable = "names-nobody" | "inexact-number" | "broken-text";

/** Why a value cannot be anybody's identifier, whatever its type; null: it can. */
export const unusable = (value: Json): Unusable | null => {
  if (typeof value === "number") return isExact(value) ? unusable(String(value)) : "inexact-number";
  if (typeof value !== "string") return "names-nobody";
  if (!isWhole(value)) return "broken-text";
  return namesNobody(value) ? "names-nobody" : null;
};
