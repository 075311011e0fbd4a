import fc from "fast-check";

/** Expressions of one type each, so that most of what is generated has a value. */
export interface Expressions {
  readonly number: string;
  readonly text: string;
  readonly truth: string;
  readonly list: string;
  readonly context: string;
  readonly date: string;
  readonly any: string;
}

const LITERAL_NUMBERS = ["0", "1", "2", "3", "10", "-1", "0.5", "2.25", "100", "x", "null"];
const LITERAL_TEXTS = ['""', '"a"', '"b"', '"abc"', '"B"', "t", "null"];

/** Nested expressions over `x` (number), `t` (string) and `l` (list of numbers). */
export const EXPRESSIONS: fc.Arbitrary<string> = fc.letrec((tie: fc.LetrecTypedTie<Expressions>) => {
  const join = (...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
    fc
      .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
      .map((all) => all.join(""));
  const [number, text, truth, list, context, date] = [
    tie("number"),
    tie("text"),
    tie("truth"),
    tie("list"),
    tie("context"),
    tie("date"),
  ];
  const comparison = fc.constantFrom(" = ", " != ", " < ", " <= ", " > ", " >= ");
  return {
    number: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom(...LITERAL_NUMBERS),
      join("(", number, fc.constantFrom(" + ", " - ", " * "), number, ")"),
      join("count(", list, ")"),
      join("abs(", number, ")"),
      join("floor(", number, ")"),
      join("string length(", text, ")"),
      join("(if ", truth, " then ", number, " else ", number, ")"),
      join(list, "[1]"),
      join(context, ".a"),
      join("(", number, " / ", number, ")"),
      join("modulo(", number, ", ", number, ")"),
      join(fc.constantFrom("sum(", "min(", "max(", "mean(", "median(", "product("), list, ")"),
      join(fc.constantFrom("decimal(", "round half up(", "round down("), number, ", 1)"),
      join("(", date, " - ", date, ").days"),
      join(date, ".year"),
    ),
    text: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(...LITERAL_TEXTS),
      join("(", text, " + ", text, ")"),
      join("upper case(", text, ")"),
      join("substring(", text, ", 1, 2)"),
      join("substring before(", text, ", ", text, ")"),
      join("substring after(", text, ", ", text, ")"),
      join(context, ".b"),
      join("string(", number, ")"),
      join("replace(", text, ', "[ab]", "x")'),
      join("string join([", text, ", ", text, '], "-")'),
      join("day of week(", date, ")"),
    ),
    truth: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom("true", "false", "null"),
      join("(", number, comparison, number, ")"),
      join("(", text, fc.constantFrom(" = ", " != "), text, ")"),
      join("(", truth, fc.constantFrom(" and ", " or "), truth, ")"),
      join("not(", truth, ")"),
      join("(", number, " between ", number, " and ", number, ")"),
      join("(", number, " in [1..10])"),
      join("(", number, " in (< 2, ", number, "))"),
      join("list contains(", list, ", ", number, ")"),
      join("(some s in ", list, " satisfies s > ", number, ")"),
      join("(every s in ", list, " satisfies s > ", number, ")"),
      join("starts with(", text, ", ", text, ")"),
      join("contains(", text, ", ", text, ")"),
      join("matches(", text, ', "^[a-b]+$")'),
      join("(", number, " instance of number)"),
      join(fc.constantFrom("odd(", "even("), number, ")"),
      join("(", list, " = ", list, ")"),
      join(fc.constantFrom("all([", "any(["), truth, ", ", truth, "])"),
      join("(", date, comparison, date, ")"),
    ),
    list: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom("[]", "[1, 2, 3]", "[3, null, 1]", "l"),
      join("[", number, ", ", number, "]"),
      join("(for f in ", list, " return f + ", number, ")"),
      join(list, "[item > ", number, "]"),
      join("concatenate(", list, ", ", list, ")"),
      join("reverse(", list, ")"),
      join("distinct values(", list, ")"),
      join("append(", list, ", ", number, ")"),
      join("union(", list, ", ", list, ")"),
      join("flatten([", list, ", [", number, "]])"),
      join("sublist(", list, ", 1, 2)"),
      join("insert before(", list, ", 1, ", number, ")"),
      join("remove(", list, ", 1)"),
      join("index of(", list, ", ", number, ")"),
      join("sort(", list, ", function(a, b) a < b)"),
    ),
    context: fc.oneof(
      { maxDepth: 2 },
      fc.constantFrom('{a: 1, b: "x"}', "{a: null, b: t}"),
      join("{a: ", number, ", b: ", text, "}"),
    ),
    date: fc.oneof(
      { maxDepth: 2 },
      fc.constantFrom('date("2024-02-29")', 'date("2025-03-31")', 'date("1999-12-31")'),
      join("(", date, ' + duration("P1D"))'),
      join("(", date, ' + duration("P1M"))'),
    ),
    any: fc.oneof(number, text, truth, list, context),
  };
}).any;
