/** A stretch of the source text: offsets, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "**";
export type CompareOperator = "=" | "!=" | "<" | "<=" | ">" | ">=";

/**
 * A FEEL expression, freed from the grammar's punctuation. Offsets are into the source text. Plain data: a tree written
 * as JSON and read again is the same tree, so that text may be parsed in one place and compiled in another.
 */
export type Node =
  | LiteralNode
  /** `@"2025-01-31"`: a date, time, date and time or duration that is known to be one. */
  | (Span & { readonly kind: "temporal"; readonly text: string })
  /** A literal that stands for nothing, `@"foo"`: FEEL's error value. */
  | (Span & { readonly kind: "invalid"; readonly message: string })
  | (Span & { readonly kind: "name"; readonly name: string })
  | (Span & { readonly kind: "input" })
  | (Span & { readonly kind: "negation"; readonly operand: Node })
  | (Span & {
      readonly kind: "arithmetic";
      readonly operator: ArithmeticOperator;
      readonly left: Node;
      readonly right: Node;
    })
  | (Span & {
      readonly kind: "compare";
      readonly operator: CompareOperator;
      readonly left: Node;
      readonly right: Node;
    })
  | (Span & { readonly kind: "and" | "or"; readonly left: Node; readonly right: Node })
  | (Span & { readonly kind: "between"; readonly value: Node; readonly low: Node; readonly high: Node })
  | (Span & { readonly kind: "in"; readonly value: Node; readonly tests: readonly Node[] })
  | (Span & { readonly kind: "instance of"; readonly value: Node; readonly type: TypeNode })
  | (Span & { readonly kind: "if"; readonly condition: Node; readonly then: Node; readonly otherwise: Node })
  | (Span & { readonly kind: "for"; readonly iterators: readonly Iterator[]; readonly body: Node })
  | (Span & {
      readonly kind: "some" | "every";
      readonly iterators: readonly Iterator[];
      readonly condition: Node;
    })
  | (Span & {
      readonly kind: "path";
      readonly target: Node;
      readonly name: string;
      readonly nameFrom: number;
    })
  | (Span & { readonly kind: "filter"; readonly target: Node; readonly condition: Node })
  | (Span & { readonly kind: "list"; readonly items: readonly Node[] })
  | (Span & { readonly kind: "context"; readonly entries: readonly ContextEntry[] })
  | RangeNode
  | TestNode
  | (Span & {
      readonly kind: "function";
      readonly parameters: readonly Parameter[];
      readonly body: Node;
      readonly external: boolean;
    })
  | CallNode;

/** The node of that kind. */
export type NodeOf<K extends Node["kind"]> = Extract<Node, { kind: K }>;

export type LiteralNode = Span & {
  readonly kind: "literal";
  readonly value: null | boolean | number | string;
};

export type RangeNode = Span & {
  readonly kind: "range";
  readonly low: Node;
  readonly lowIncluded: boolean;
  readonly high: Node;
  readonly highIncluded: boolean;
};

/** `< 5` standing alone: a test inside unary tests and `in`, a range as a value. */
export type TestNode = Span & {
  readonly kind: "test";
  readonly operator: CompareOperator;
  readonly operand: Node;
};

export type CallNode = Span & {
  readonly kind: "call";
  readonly callee: Node;
  readonly positional: readonly Node[];
  /** Set instead of `positional` when parameters are named. */
  readonly named?: readonly NamedArgument[];
};

export interface NamedArgument extends Span {
  readonly name: string;
  readonly value: Node;
}

export interface Iterator extends Span {
  readonly name: string;
  readonly source: Node;
  /** Set for `for i in 1..3`: the inclusive other end. */
  readonly end?: Node;
}

export interface ContextEntry extends Span {
  readonly name: string;
  readonly value: Node;
}

export interface Parameter extends Span {
  readonly name: string;
  readonly type?: TypeNode;
}

/** A type as written; item definitions are looked up when compiling. */
export type TypeNode =
  | (Span & { readonly kind: "named"; readonly name: string })
  | (Span & { readonly kind: "list" | "range"; readonly element: TypeNode })
  | (Span & { readonly kind: "context"; readonly entries: readonly { name: string; type: TypeNode }[] })
  | (Span & {
      readonly kind: "function";
      readonly parameters: readonly TypeNode[];
      readonly result: TypeNode;
    });

/** The content of a decision table's cell: any of `tests`, or none of them when `negated`; `-` is no tests at all. */
export interface UnaryTestsNode {
  readonly negated: boolean;
  readonly tests: readonly Node[] | "any";
}
