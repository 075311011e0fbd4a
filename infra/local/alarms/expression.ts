/** Values of a metric, newest first: one a period; null where nothing was recorded. */
export type Series = readonly (number | null)[];
/** A value that is the same in every period, or one for each. */
type Value = number | Series;
type Values = ReadonlyMap<string, Series>;
type Node = (values: Values) => Value;

/** Metric math, compiled. */
export type Expression = { readonly names: readonly string[]; readonly evaluate: (values: Values) => Series };

type Operator = (left: number, right: number) => number;

const truth = (is: boolean): number => (is ? 1 : 0);

/** By how tightly they bind, loosest first. */
const OPERATORS: readonly (readonly (readonly [string, Operator])[])[] = [
  [
    ["==", (left, right) => truth(left === right)],
    ["!=", (left, right) => truth(left !== right)],
    [">=", (left, right) => truth(left >= right)],
    ["<=", (left, right) => truth(left <= right)],
    [">", (left, right) => truth(left > right)],
    ["<", (left, right) => truth(left < right)],
  ],
  [
    ["+", (left, right) => left + right],
    ["-", (left, right) => left - right],
  ],
  [
    ["*", (left, right) => left * right],
    ["/", (left, right) => left / right],
  ],
];

const at = (value: Value, index: number): number | null =>
  typeof value === "number" ? value : (value[index] ?? null);

/** Period by period, where all have a value; what is no number (a division by zero) is none. */
const each = (parts: readonly Value[], combine: (...numbers: number[]) => number): Value => {
  const periods = parts.find((part) => typeof part !== "number");
  if (periods === undefined) return combine(...parts.filter((part) => typeof part === "number"));
  return periods.map((_, index) => {
    const numbers = parts.map((part) => at(part, index));
    if (numbers.includes(null)) return null;
    const result = combine(...numbers.map(Number));
    return Number.isFinite(result) ? result : null;
  });
};

const FUNCTIONS: Readonly<Record<string, (...parts: Value[]) => Value>> = {
  FILL: (filled = [], by = 0) =>
    typeof filled === "number" ? filled : filled.map((value, index) => value ?? at(by, index)),
  IF: (condition = 0, yes = 0, no = 0) =>
    each([condition, yes, no], (is = 0, then = 0, otherwise = 0) => (is === 0 ? otherwise : then)),
  MAX: (...parts) => each(parts, Math.max),
  MIN: (...parts) => each(parts, Math.min),
  SUM: (...parts) => each(parts, (...numbers) => numbers.reduce((sum, number) => sum + number, 0)),
};

type Reader = {
  /** The token at hand, or "" at the end. */
  readonly peek: (ahead?: number) => string;
  readonly accept: (token: string) => boolean;
  readonly take: () => string;
  readonly refuse: () => never;
};

function read(text: string): Reader {
  const tokens = text.match(/[A-Za-z_]\w*|\d+(?:\.\d+)?|[=!<>]=|\S/g) ?? [];
  let place = 0;
  const peek = (ahead = 0): string => tokens[place + ahead] ?? "";
  return {
    peek,
    take: () => {
      place += 1;
      return tokens[place - 1] ?? "";
    },
    accept: (token) => {
      if (peek() !== token) return false;
      place += 1;
      return true;
    },
    refuse: () => {
      throw new Error(`metric math is not known here at "${tokens.slice(place).join(" ")}"`);
    },
  };
}

/** Ids begin with a small letter, functions with a large one (PutMetricAlarm, MetricDataQuery). */
const ID = /^[a-z]/;
const NUMBER = /^\d/;

function operand(reader: Reader, names: Set<string>): Node {
  if (reader.accept("(")) {
    const inner = operation(reader, names);
    return reader.accept(")") ? inner : reader.refuse();
  }
  const token = reader.peek();
  if (NUMBER.test(token)) {
    const value = Number(reader.take());
    return () => value;
  }
  if (ID.test(token)) {
    names.add(reader.take());
    return (values) => values.get(token) ?? [];
  }
  const call = reader.peek(1) === "(" ? FUNCTIONS[token] : undefined;
  if (call === undefined) return reader.refuse();
  reader.take();
  const parts = operands(reader, names);
  return (values) => call(...parts.map((part) => part(values)));
}

/** What a function is given: `(a, b)`, or a list of metrics, `([a, b])`. */
function operands(reader: Reader, names: Set<string>): readonly Node[] {
  reader.accept("(");
  const isList = reader.accept("[");
  const parts = [operation(reader, names)];
  while (reader.accept(",")) parts.push(operation(reader, names));
  if (isList && !reader.accept("]")) return reader.refuse();
  return reader.accept(")") ? parts : reader.refuse();
}

function operation(reader: Reader, names: Set<string>, level = 0): Node {
  const operators = OPERATORS[level];
  if (operators === undefined) return operand(reader, names);
  let node = operation(reader, names, level + 1);
  for (;;) {
    const found = operators.find(([sign]) => reader.accept(sign));
    if (found === undefined) return node;
    const [left, right, combine] = [node, operation(reader, names, level + 1), found[1]];
    node = (values) => each([left(values), right(values)], (one = 0, other = 0) => combine(one, other));
  }
}

/**
 * The part of CloudWatch's metric math that needs no search ("Using math expressions with CloudWatch metrics"): numbers,
 * ids, arithmetic, comparisons, and the functions above.
 * @throws Error at what is not known here
 */
export function compileExpression(text: string): Expression {
  const reader = read(text);
  const names = new Set<string>();
  const node = operation(reader, names);
  if (reader.peek() !== "") return reader.refuse();
  return {
    names: [...names],
    evaluate: (values) => {
      const value = node(values);
      return typeof value === "number" ? [value] : value;
    },
  };
}
