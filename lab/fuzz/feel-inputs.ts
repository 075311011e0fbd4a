import { seeded } from "../seeded.ts";

/** Expressions that between them use every construct: what mutations start from. */
export const SEEDS: readonly string[] = [
  "1 + 2 * 3 - -4 ** 2 / 5",
  '"a" + string(1.5) + "\\u00e9\\n"',
  'customer.age >= 18 and customer.country in ("DE", "FR") or not(customer.blocked)',
  "if x > 1 then [1, 2, 3][item > x] else {a b: 1, c: a b}.c",
  "for i in 1..10, j in [1, 2] return i * j + sum(partial)",
  "some a in [1, 2], b in [3] satisfies a > b",
  "every p in orders satisfies p.total between 10 and 100",
  'date("2025-03-31") + @"P1M" - duration("PT36H")',
  '@"2025-03-31T10:00:00@Europe/Paris".time offset',
  '[1..5) = ]0..5[ and (< 5) != (>= @"2020-01-01")',
  "x instance of list<context<a: number, b: function<string>->range<date>>>",
  "(function(n: number, f) if n < 2 then 1 else n * f(n - 1, f))(5, function(n, f) n)",
  'replace("abracadabra", "(a|b)+?c[^x-z-[y]]\\\\p{Lu}", "$1", "imsx")',
  'matches(name, "^(a+)+$") // comment\n/* another */',
  'substring(string: "foobar", start position: 3)',
  "sort(orders, function(x, y) x.total > y.total)[1].total",
  'context put({a: {b: 1}}, ["a", "b"], list replace([1], 1, null))',
  'get entries({"x": null, y: [[]]})[key = "y"].value',
  'split("a;b", ";")[-1]',
  'function(x) external {java: {class: "C", method signature: "m()"}}',
  "x in [[1..3], 4, null, (> 5)]",
  '< 5, [1..3], "a", not(null), ? > 3',
  "not(1, 2, [3..4])",
  "-",
  'number("1.000,5", ".", ",") + decimal(1/3, 2)',
  "{a: {q: 1}, b: {a: a, b: a}, c: {a: b, b: b}, d: if x > 1 then [b, c] else [c, c]}.d.a.q",
  "overlaps before([1..5], (3..8]) and week of year(today()) > 3",
  '@"999999999-12-31T23:59:59.999999999@Europe/Paris" - @"P1D"',
  'date and time(date("-999999999-01-01"), time("10:00:00@America/New_York")).time offset',
  '@"275760-09-12T23:59:59@Asia/Tokyo" + @"P99999999999D"',
];

export interface Random {
  /** 0 <= n < limit */
  readonly below: (limit: number) => number;
}

/** From a seed, so that a failure can be had again. */
export function seededRandom(seed: number): Random {
  const next = seeded(seed);
  return { below: (limit) => Math.floor(next() * limit) };
}

const TOKENS = [
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  ",",
  ":",
  ".",
  "..",
  "+",
  "-",
  "*",
  "/",
  "**",
  "=",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "?",
  "@",
  '"',
  "'",
  "\\",
  "`",
  "//",
  "/*",
  "*/",
  " ",
  "\n",
  "if",
  "then",
  "else",
  "for",
  "in",
  "return",
  "some",
  "every",
  "satisfies",
  "and",
  "or",
  "not",
  "between",
  "instance",
  "of",
  "function",
  "external",
  "null",
  "true",
  "false",
  "item",
  "date",
  "time",
  "duration",
  "date and time",
  "list",
  "context",
  "range",
  "x",
  "y",
  "a b",
  "__proto__",
  "constructor",
  "0",
  "1",
  "-1",
  "1e308",
  "1e309",
  "0.1",
  "9007199254740993",
  '"a"',
  '"2020-01-01"',
  '@"P1D"',
  '@"P99999999999D"',
  '@"999999999-12-31T24:00:00@Asia/Tokyo"',
  "\u0000",
  "\ud83d",
  "\udc0e",
  "é",
  "\u2028",
  "partial",
  "sum",
  "matches",
  "replace",
  "split",
  "99999999999999999999",
];

/** Text number `index` of a kind: random bytes, tokens in a row, or a mutated seed. */
export function fuzzInput(random: Random): string {
  const kind = random.below(10);
  if (kind === 0) return randomBytes(random);
  if (kind === 1) return nested(random);
  if (kind <= 3) return tokens(random);
  return mutated(random);
}

function pick<T>(values: readonly T[], random: Random): T {
  const value = values[random.below(values.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}

function randomBytes(random: Random): string {
  const bytes = new Uint8Array(random.below(60));
  for (let index = 0; index < bytes.length; index++) bytes[index] = random.below(256);
  return new TextDecoder().decode(bytes);
}

function tokens(random: Random): string {
  let text = "";
  for (let count = random.below(30); count >= 0; count--)
    text += pick(TOKENS, random) + (random.below(3) ? " " : "");
  return text;
}

function nested(random: Random): string {
  const open = pick(
    ["(", "[", "{a:", "-", "not(", "if ", "for i in ", "function(x) ", "1+", "a.", "[1]["],
    random,
  );
  return open.repeat(random.below(random.below(20) === 0 ? 5000 : 80)) + pick(TOKENS, random);
}

function mutated(random: Random): string {
  let text = pick(SEEDS, random);
  for (let count = random.below(4); count >= 0; count--) text = mutation(text, random);
  return text.slice(0, 4000);
}

function mutation(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const end = Math.min(text.length, at + 1 + random.below(8));
  switch (random.below(7)) {
    case 0:
      return text.slice(0, at) + text.slice(end);
    case 1:
      return text.slice(0, at) + pick(TOKENS, random) + text.slice(at);
    case 2:
      return text.slice(0, at) + pick(TOKENS, random) + text.slice(end);
    case 3:
      return text.slice(0, at) + String.fromCharCode(random.below(65_536)) + text.slice(at);
    case 4:
      return text.slice(0, at) + pick(SEEDS, random) + text.slice(end);
    case 5:
      return text.slice(0, end) + text.slice(at, end).repeat(1 + random.below(20)) + text.slice(end);
    default:
      return text.slice(0, at);
  }
}
