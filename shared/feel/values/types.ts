/**
 * The static types of FEEL (DMN 1.5, 10.3.2.9 "Semantics of types"): plain data, so that a model can be written as a
 * literal, stored as JSON and compared structurally.
 */
export type FeelType =
  | { readonly kind: SimpleTypeName }
  | { readonly kind: "list"; readonly element: FeelType }
  | { readonly kind: "range"; readonly element: FeelType }
  | ContextType
  | FunctionType;

export type SimpleTypeName =
  | "any"
  | "null"
  | "string"
  | "number"
  | "boolean"
  | "date"
  | "time"
  | "date and time"
  | "days and time duration"
  | "years and months duration";

/** A context with the entries it is known to have; `open` contexts may have more entries than those. */
export interface ContextType {
  readonly kind: "context";
  readonly entries: Readonly<Record<string, FeelType>>;
  readonly open?: boolean;
}

/** `open` functions were named without a signature: nothing is known of parameters and result. */
export interface FunctionType {
  readonly kind: "function";
  readonly parameters: readonly FeelType[];
  /** The parameters' names, where they are known. */
  readonly names?: readonly string[];
  readonly result: FeelType;
  readonly open?: boolean;
}

/** The names an expression may use, with their static types. Names may contain spaces and `./-'+*`. */
export type Scope = Readonly<Record<string, FeelType>>;

function simple(kind: SimpleTypeName): { readonly kind: SimpleTypeName } {
  return Object.freeze({ kind });
}

export const ANY = simple("any");
export const NULL = simple("null");
export const STRING = simple("string");
export const NUMBER = simple("number");
export const BOOLEAN = simple("boolean");
export const DATE = simple("date");
export const TIME = simple("time");
export const DATE_TIME = simple("date and time");
export const DAYS_DURATION = simple("days and time duration");
export const MONTHS_DURATION = simple("years and months duration");
/** A context of which nothing is known. */
export const CONTEXT: ContextType = Object.freeze({
  kind: "context",
  entries: Object.freeze({}),
  open: true,
});
/** A function of which nothing is known. */
export const FUNCTION: FunctionType = Object.freeze({
  kind: "function",
  parameters: Object.freeze([]),
  result: ANY,
  open: true,
});

/** The type of lists of such elements. */
export function listOf(element: FeelType): FeelType {
  return { kind: "list", element };
}

/** The type of ranges whose ends are of that type. */
export function rangeOf(element: FeelType): FeelType {
  return { kind: "range", element };
}

/** The type of contexts with these entries; with more than these, if it is open. */
export function contextOf(entries: Readonly<Record<string, FeelType>>, open = false): ContextType {
  return open ? { kind: "context", entries, open } : { kind: "context", entries };
}

/** The type of functions with these parameters, by name where their names are known. */
export function functionOf(
  parameters: readonly FeelType[],
  result: FeelType,
  names?: readonly string[],
): FunctionType {
  return { kind: "function", parameters, result, ...(names && { names }) };
}

const NAMED_TYPES: ReadonlyMap<string, FeelType> = new Map<string, FeelType>([
  ...[ANY, NULL, STRING, NUMBER, BOOLEAN, DATE, TIME, DATE_TIME, DAYS_DURATION, MONTHS_DURATION].map(
    (type): [string, FeelType] => [type.kind, type],
  ),
  ["Any", ANY],
  ["Null", NULL],
  ["dateTime", DATE_TIME],
  ["dayTimeDuration", DAYS_DURATION],
  ["yearMonthDuration", MONTHS_DURATION],
  ["list", listOf(ANY)],
  ["context", CONTEXT],
  ["function", FUNCTION],
  ["range", rangeOf(ANY)],
]);

/** The built-in type of that name (also DMN's XML spellings such as `dateTime`), or undefined. */
export function namedType(name: string): FeelType | undefined {
  return NAMED_TYPES.get(name);
}

/** UTF-16 units of a type's text that a message shows. */
const MOST_SHOWN = 200;

/** The type as FEEL writes it: `list<number>`, `context<name: string>`, `function<number>->string`; cut if it is long. */
export function typeName(type: FeelType): string {
  const name = typeSize(type) > MAXIMUM_PARTS ? type.kind : fullName(type);
  return name.length > MOST_SHOWN ? `${name.slice(0, MOST_SHOWN)}...` : name;
}

function fullName(type: FeelType): string {
  switch (type.kind) {
    case "list":
    case "range":
      return `${type.kind}<${fullName(type.element)}>`;
    case "context": {
      const entries = Object.entries(type.entries);
      if (entries.length === 0) return "context";
      return `context<${entries.map(([name, entry]) => `${name}: ${fullName(entry)}`).join(", ")}>`;
    }
    case "function":
      if (type.open) return "function";
      return `function<${type.parameters.map(fullName).join(", ")}>->${fullName(type.result)}`;
    default:
      return type.kind;
  }
}

/** Parts that a type made by an expression may have: some of what is done with types takes time for each. */
const MAXIMUM_PARTS = 2000;

const SIZES = new WeakMap<FeelType, number>();

/** The type, or Any where it has more parts than can be looked at: a short text can double them without end. */
export function bounded(type: FeelType): FeelType {
  return typeSize(type) > MAXIMUM_PARTS ? ANY : type;
}

/** The number of a type's parts, each counted as often as it occurs and looked at once. */
export function typeSize(type: FeelType): number {
  const known = SIZES.get(type);
  if (known !== undefined) return known;
  const size = partsOf(type).reduce((sum, part) => sum + typeSize(part), 1);
  SIZES.set(type, size);
  return size;
}

function partsOf(type: FeelType): readonly FeelType[] {
  switch (type.kind) {
    case "list":
    case "range":
      return [type.element];
    case "context":
      return Object.values(type.entries);
    case "function":
      return [...type.parameters, type.result];
    default:
      return [];
  }
}

/**
 * Whether every value of `type` is a value of `target` (DMN 1.5, 10.3.2.9.2 "Type conformance"):
 * null conforms to all, all conform to Any, lists, ranges and contexts are covariant, functions contravariant in
 * parameters.
 */
export function conformsTo(type: FeelType, target: FeelType): boolean {
  if (type === target || target.kind === "any" || type.kind === "null") return true;
  switch (target.kind) {
    case "list":
    case "range":
      return type.kind === target.kind && conformsTo(type.element, target.element);
    case "context":
      return type.kind === "context" && contextConforms(type, target);
    case "function":
      return type.kind === "function" && functionConforms(type, target);
    default:
      return type.kind === target.kind;
  }
}

function contextConforms(type: ContextType, target: ContextType): boolean {
  for (const name of Object.keys(target.entries)) {
    const wanted = target.entries[name];
    const entry = Object.hasOwn(type.entries, name) ? type.entries[name] : undefined;
    if (wanted && !(entry && conformsTo(entry, wanted))) return false;
  }
  return true;
}

function functionConforms(type: FunctionType, target: FunctionType): boolean {
  if (target.open) return true;
  if (type.open || type.parameters.length !== target.parameters.length) return false;
  const parametersConform = target.parameters.every((wanted, index) =>
    conformsTo(wanted, type.parameters[index] ?? ANY),
  );
  return parametersConform && conformsTo(type.result, target.result);
}

/** Whether the type tells nothing of the values: they may be anything, or are null so far. */
export function isUnknown({ kind }: FeelType): boolean {
  return kind === "any" || kind === "null";
}

/** The narrowest type written here that covers both: used for branches of `if` and elements of a list. */
export function unionType(left: FeelType, right: FeelType): FeelType {
  if (left.kind === "null") return right;
  if (right.kind === "null" || left === right) return left;
  if (left.kind === "list" && right.kind === "list") return listOf(unionType(left.element, right.element));
  if (left.kind === "context" && right.kind === "context") return commonEntries(left, right);
  if (conformsTo(left, right)) return right;
  return conformsTo(right, left) ? left : ANY;
}

/** Open where only one of the two has an entry: what is covered may have it, and may not. */
function commonEntries(left: ContextType, right: ContextType): ContextType {
  const entries: Record<string, FeelType> = Object.create(null);
  let alike = !(left.open || right.open);
  for (const name of Object.keys({ ...left.entries, ...right.entries })) {
    const [one, other] = [left, right].map((type) => Object.hasOwn(type.entries, name) && type.entries[name]);
    if (one && other) entries[name] = unionType(one, other);
    else alike = false;
  }
  return contextOf(entries, !alike);
}
