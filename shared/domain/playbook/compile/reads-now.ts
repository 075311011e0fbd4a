import type { SyntaxTree } from "#feel/index.ts";
import { clockOf, type Reading } from "./clock-of.ts";

const GRIDS = ["day", "hour", "minute"] as const;
/** When something changes that does so again and again. */
export type Grid = (typeof GRIDS)[number];

/** A part of a condition whose value may change although nobody does anything. */
export type TimeTerms = {
  /** Comparisons that change once at most as time goes on: the moment can be worked out. */
  readonly crossings: readonly SyntaxTree[];
  /** Something changes at midnights, at full hours, or at full minutes; null: nothing does. */
  readonly grid: Grid | null;
  /** Computed traits over a window: they change as its parts fall out of it. */
  readonly windows: readonly string[];
  /** Traits and computed traits that the condition reads; null: it takes the customer as a whole. */
  readonly fields: readonly string[] | null;
  /** The first part of which nobody can say when it changes. `from`: its offset in the text. */
  readonly unclear: { readonly from: number; readonly to: number } | null;
};

type Found = {
  readonly crossings: SyntaxTree[];
  readonly windows: Set<string>;
  readonly fields: Set<string>;
  readsAll: boolean;
  grid: Grid | null;
  unclear: TimeTerms["unclear"];
};

const ORDERS: readonly string[] = ["<", "<=", ">", ">="];

/** What in a condition moves with the clock. `windowed`: names of the computed traits over a window. */
export const timeTerms = (tree: SyntaxTree, windowed: ReadonlySet<string>): TimeTerms => {
  const found: Found = {
    crossings: [],
    windows: new Set(),
    fields: new Set(),
    readsAll: false,
    grid: null,
    unclear: null,
  };
  noteFields(tree, windowed, found);
  collect(tree, found);
  const { crossings, grid, windows, fields, readsAll, unclear } = found;
  return { crossings, grid, windows: [...windows], fields: readsAll ? null : [...fields], unclear };
};

/** Whether it may change by time alone. */
export const movesWithTime = ({ crossings, grid, windows }: TimeTerms): boolean =>
  crossings.length > 0 || grid !== null || windows.length > 0;

const partsOf = (node: SyntaxTree): readonly SyntaxTree[] =>
  Object.entries(node).flatMap(([member, part]) => (member === "type" ? [] : nodesAt(part)));

const nodesAt = (part: unknown): readonly SyntaxTree[] => {
  if (typeof part !== "object" || part === null) return [];
  if ("kind" in part && "from" in part) return [part as SyntaxTree];
  return Object.values(part).flatMap(nodesAt);
};

const noteFields = (node: SyntaxTree, windowed: ReadonlySet<string>, found: Found): void => {
  if (node.kind === "path" && node.target.kind === "name" && node.target.name === "customer") {
    found.fields.add(node.name);
    if (windowed.has(node.name)) found.windows.add(node.name);
    return;
  }
  if (node.kind === "name" && node.name === "customer") found.readsAll = true;
  for (const part of partsOf(node)) noteFields(part, windowed, found);
};

const note = (node: SyntaxTree, reading: Reading, found: Found): void => {
  if (reading.grain === "none") return;
  if (reading.grain === "instant") found.unclear ??= { from: node.from, to: node.to };
  else if (found.grid === null || GRIDS.indexOf(found.grid) < GRIDS.indexOf(reading.grain))
    found.grid = reading.grain;
};

/** Compares as `a < b` does: the order of both sides turns round once, where their difference only grows or only shrinks. */
const compared = (node: SyntaxTree, sides: readonly [SyntaxTree, SyntaxTree], found: Found): void => {
  const [left, right] = sides;
  const difference = {
    kind: "arithmetic",
    operator: "-",
    left,
    right,
    from: node.from,
    to: node.to,
  } as const;
  const reading = clockOf(difference);
  const isOrdered = node.kind === "compare" && ORDERS.includes(node.operator);
  if (isOrdered && reading.runs !== "anyhow" && reading.grain !== "none" && !readsWindow(node, found))
    found.crossings.push(node);
  else note(node, reading, found);
};

/** A window beside the clock in one comparison: it may turn round more than once. */
const readsWindow = (node: SyntaxTree, found: Pick<Found, "windows">): boolean =>
  (node.kind === "path" && found.windows.has(node.name)) ||
  partsOf(node).some((part) => readsWindow(part, found));

const comparison = (
  left: SyntaxTree,
  operator: "<=" | ">=" | "<" | ">" | "=" | "!=",
  right: SyntaxTree,
): SyntaxTree => ({ kind: "compare", operator, left, right, from: left.from, to: right.to });

/** The parts of a condition that are true or false themselves; null: it has none, and is looked at as a whole. */
const conditionsIn = (node: SyntaxTree): readonly SyntaxTree[] | null => {
  switch (node.kind) {
    case "and":
    case "or":
      return [node.left, node.right];
    case "if":
      return [node.condition, node.then, node.otherwise];
    case "between":
      return [comparison(node.value, ">=", node.low), comparison(node.value, "<=", node.high)];
    case "in":
      return node.tests.flatMap((test) => within(node.value, test));
    case "call":
      return node.callee.kind === "name" && node.callee.name === "not" ? node.positional : null;
    default:
      return null;
  }
};

const within = (value: SyntaxTree, test: SyntaxTree): readonly SyntaxTree[] => {
  if (test.kind === "range") return [comparison(value, ">=", test.low), comparison(value, "<=", test.high)];
  if (test.kind === "test") return [comparison(value, test.operator, test.operand)];
  return [comparison(value, "=", test)];
};

/** Goes down to what is compared. */
const collect = (node: SyntaxTree, found: Found): void => {
  const conditions = conditionsIn(node);
  if (conditions !== null) for (const part of conditions) collect(part, found);
  else if (node.kind === "compare") compared(node, [node.left, node.right], found);
  else note(node, clockOf(node), found);
};
