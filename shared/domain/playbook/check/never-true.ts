import {
  compile,
  FeelDateTime,
  FeelRange,
  FeelSyntaxError,
  FeelTime,
  type Scope,
  type SyntaxTree,
} from "#feel/index.ts";
import { nodesIn } from "./syntax-nodes.ts";

/** A condition that can be read, and never holds for a reason that is known. `from`: its offset in the text. */
export type NeverTrue = { readonly from: number; readonly message: string; readonly expected: string };

/** The rule that is looked at: its text, the names that it may use, and the brand's zone for the right form. */
type Looking = { readonly text: string; readonly scope: Scope; readonly timeZone: string };

/**
 * Comparisons that FEEL makes null whatever the customer: a time with a zone against one without, a date against what
 * came from JSON undeclared and so is a text, and a count of nothing against zero.
 */
export const neverTrue = (looking: Looking, tree: SyntaxTree): readonly NeverTrue[] =>
  nodesIn(tree).flatMap((node) => [
    ...comparedIn(node).flatMap(([one, other]) => wrongPair(looking, one, other)),
    ...countOfNothing(looking, node),
  ]);

/** Times without a zone in a cell of a table: those of customers and events have one. */
export const localTimes = (looking: Looking, test: SyntaxTree): readonly NeverTrue[] =>
  endsOf(test)
    .filter((end) => natureOf(looking, end) === "local")
    .map((end) => ({
      from: end.from,
      message: `${written(looking, end)} has no zone, so it cannot be compared with the times of customers and events`,
      expected: withZone(looking, end),
    }));

type Pair = readonly [SyntaxTree, SyntaxTree];

/** What a node compares with what: the operands themselves, the ends of ranges, the elements of lists. */
const comparedIn = (node: SyntaxTree): readonly Pair[] => {
  switch (node.kind) {
    case "compare":
      return [[node.left, node.right]];
    case "between":
      return [
        [node.value, node.low],
        [node.value, node.high],
      ];
    case "in":
      return node.tests.flatMap(endsOf).map((end): Pair => [node.value, end]);
    case "call": {
      const [list, element] = node.positional;
      const isSearch = node.callee.kind === "name" && node.callee.name === "list contains";
      return isSearch && list && element ? endsOf(list).map((end): Pair => [end, element]) : [];
    }
    default:
      return [];
  }
};

const endsOf = (test: SyntaxTree): readonly SyntaxTree[] => {
  if (test.kind === "test") return [test.operand];
  if (test.kind === "range") return [test.low, test.high];
  return test.kind === "list" ? test.items.flatMap(endsOf) : [test];
};

type Nature = "zoned" | "local" | "temporal" | "undeclared" | "other";

const wrongPair = (looking: Looking, one: SyntaxTree, other: SyntaxTree): readonly NeverTrue[] => {
  const natures = [natureOf(looking, one), natureOf(looking, other)];
  const of = (nature: Nature): SyntaxTree | undefined => [one, other][natures.indexOf(nature)];
  const [local, undeclared] = [of("local"), of("undeclared")];
  const { from } = one;
  if (local && of("zoned")) {
    const message = "a time with a zone and one without cannot be compared: this is never true";
    return [{ from, message, expected: withZone(looking, local) }];
  }
  if (undeclared && (local ?? of("zoned") ?? of("temporal"))) {
    const name = written(looking, undeclared);
    const message = `${name} holds texts, no dates, since its type is not declared: this is never true`;
    return [{ from, message, expected: declared(looking, undeclared, name) }];
  }
  return [];
};

const written = ({ text }: Looking, { from, to }: SyntaxTree): string => text.slice(from, to);

const withZone = ({ timeZone }: Looking, local: SyntaxTree): string =>
  local.kind === "temporal" ? `a zone: @"${local.text}@${timeZone}"` : "a time with a zone";

const declared = (looking: Looking, node: SyntaxTree, name: string): string =>
  typeIn(looking, node)?.type.kind === "list"
    ? "a type such as list<date> in data-model.yaml"
    : `date(${name}), or date and time(${name})`;

const TIMES: readonly string[] = ["date and time", "time"];

const natureOf = (looking: Looking, node: SyntaxTree): Nature => {
  const compiled = typeIn(looking, node);
  if (compiled === undefined) return "other";
  const { type, constant } = compiled;
  if (constant !== undefined) return natureOfValue(constant.value);
  if (isPath(node)) {
    const { kind } = type.kind === "list" ? type.element : type;
    if (kind === "any") return "undeclared";
    return TIMES.includes(kind) ? "zoned" : natureOfKind(kind);
  }
  return TIMES.includes(type.kind) ? natureOfTime(looking, node) : natureOfKind(type.kind);
};

const natureOfKind = (kind: string): Nature => (kind === "date" ? "temporal" : "other");

const natureOfValue = (value: unknown): Nature => {
  if (value instanceof FeelRange) return natureOfValue(value.low ?? value.high);
  if (value instanceof FeelDateTime || value instanceof FeelTime)
    return value.offset === null && value.zone === null ? "local" : "zoned";
  return typeof value === "object" && value !== null && "epochDay" in value ? "temporal" : "other";
};

/** Of a time that is made of another: `now()`, `time(now)`, `now - @"PT1H"`. */
const natureOfTime = (looking: Looking, node: SyntaxTree): Nature => {
  if (node.kind === "arithmetic") return natureOf(looking, node.left);
  if (node.kind !== "call" || node.callee.kind !== "name") return "other";
  const [made, second] = node.positional;
  if (node.callee.name === "now") return "zoned";
  return made !== undefined && second === undefined && TIMES.includes(node.callee.name)
    ? natureOf(looking, made)
    : "other";
};

/** A name of the scope, or what is behind its dots: what customers and events bring along. */
const isPath = (node: SyntaxTree): boolean =>
  node.kind === "name" || (node.kind === "path" && isPath(node.target));

/** Undefined for a part that is nothing without what surrounds it, such as a variable of a loop. */
const typeIn = (looking: Looking, node: SyntaxTree) => {
  try {
    const compiled = compile(written(looking, node), looking.scope);
    return compiled.diagnostics.some(({ code }) => code === "unknown-name") ? undefined : compiled;
  } catch (error) {
    if (error instanceof FeelSyntaxError) return undefined;
    throw error;
  }
};

/** `count(customer.wishes) = 0` is null for who has none at all; where the rule asks for null too, that is meant. */
const countOfNothing = (looking: Looking, node: SyntaxTree): readonly NeverTrue[] => {
  if (node.kind !== "compare" || node.operator !== "=") return [];
  const sides = [node.left, node.right];
  const [call] = sides.flatMap((side) => (side.kind === "call" ? [side] : []));
  const isZero = sides.some((side) => side.kind === "literal" && side.value === 0);
  const [counted] = call?.positional ?? [];
  if (!isZero || call?.callee.kind !== "name" || call.callee.name !== "count") return [];
  if (counted?.kind !== "path" || !isPath(counted)) return [];
  const name = written(looking, counted);
  if (looking.text.includes(`${name} = null`) || looking.text.includes(`${name} != null`)) return [];
  const message = `a count of nothing is null, not 0: this is never true for who has no ${name}`;
  return [{ from: node.from, message, expected: `${name} = null or ${written(looking, node)}` }];
};
