import type { Diagnostic } from "#feel/index.ts";

/**
 * What the author of a rule should write instead. FEEL suggests it for most mistakes. The other suggestions are here,
 * because FEEL is bundled with every function that decides, and these are needed at upload only.
 */
export const expectationOf = (text: string, diagnostic: Diagnostic): string | undefined => {
  const { code, from, message, expected, suggestion } = diagnostic;
  // FEEL reads `not customer.vip` as an entry of something called "not customer".
  if (code === "unknown-name" && /^not\s/i.test(text.slice(from))) return "not(...)";
  const said = [suggestion === undefined ? "" : `did you mean "${suggestion}"?`, expected ?? ""];
  const inPlace = code === "syntax" ? meantAround(text, from) : undefined;
  return said.filter(Boolean).join(" ") || inPlace || meantBy(message);
};

/** What a message of FEEL's leaves to be guessed. */
export const meantBy = (message: string): string | undefined =>
  meantOperands(message) ??
  meantEntry(message) ??
  (message.startsWith("neither date") ? `such as @"2000-12-31", @"08:30:00" or @"P30D"` : undefined);

const meantAround = (text: string, from: number): string | undefined =>
  meantBefore(text.slice(0, from)) ?? meantAt(text.slice(from));

const meantBefore = (before: string): string | undefined => {
  if (/\bis\s+not\s*$/.test(before)) return "!=";
  if (/\blike\s*$/.test(before)) return "contains(a, b)";
  const [, word] = /\b(contains|starts\s+with|ends\s+with|matches)\s*$/.exec(before) ?? [];
  return word && `${word.replace(/\s+/, " ")}(a, b)`;
};

const meantAt = (rest: string): string | undefined => {
  if (rest.startsWith("?")) return "if a then b else c";
  return /^to\b/.test(rest) ? "and, after between; a range is [1..5]" : undefined;
};

const meantOperands = (message: string): string | undefined => {
  const [, left] = /does not work on (.+) and .+$/.exec(message) ?? [];
  if (left === undefined) return undefined;
  return /^(date|time)/.test(left)
    ? `a duration, such as @"P30D" or @"PT4H"`
    : "two numbers or, for +, two texts; number(text) makes one a number";
};

/** What there is behind the dot of values that are no maps (DMN 1.5, table 60), or what takes its place. */
const ENTRIES: Readonly<Record<string, string>> = {
  string: "a function, such as contains(a, b), starts with(a, b) or string length(a)",
  number: "a function, such as abs(a) or round half up(a, 2)",
  date: "year, month, day, weekday",
  time: "hour, minute, second, timezone, time offset",
  "date and time": "year, month, day, weekday, hour, minute, second, timezone, time offset",
  "days and time duration": "days, hours, minutes, seconds; years and months duration(from, to) has years",
  "years and months duration": "years, months",
};

const meantEntry = (message: string): string | undefined => {
  const [, type = ""] = /^an? (.+) has no /.exec(message) ?? [];
  return Object.hasOwn(ENTRIES, type) ? ENTRIES[type] : undefined;
};
