import type { Caller } from "../run/caller.ts";
import {
  type FeelDate,
  FeelDateTime,
  FeelDaysDuration,
  FeelMonthsDuration,
  FeelObject,
  type FeelTime,
} from "./temporal.ts";
import {
  ANY,
  contextOf,
  type FeelType,
  type FunctionType,
  functionOf,
  listOf,
  NULL,
  namedType,
  rangeOf,
  unionType,
} from "./types.ts";

export type FeelValue =
  | null
  | boolean
  | number
  | string
  | FeelList
  | FeelContext
  | FeelDate
  | FeelTime
  | FeelDateTime
  | FeelDaysDuration
  | FeelMonthsDuration
  | FeelRange
  | FeelFunction;

export type FeelList = readonly FeelValue[];

/** A context value. Those that FEEL makes have no prototype's members; a caller may pass any plain object. */
export interface FeelContext {
  readonly [name: string]: FeelValue;
}

/** What an expression is evaluated against: the values of the names in scope. A missing name is null. */
export type FeelInput = Readonly<Record<string, FeelValue | undefined>>;

/** The ends of a range, and whether they belong to it; an end that is null is unbounded. */
export interface RangeEnds {
  readonly low: FeelValue;
  readonly lowIncluded: boolean;
  readonly high: FeelValue;
  readonly highIncluded: boolean;
}

/**
 * An interval. A range written as a test, `(< 10)`, keeps its operator: it is not equal to `(null..10)` (DMN 1.5,
 * table 42), and `(!= 10)` has no ends at all.
 */
export class FeelRange extends FeelObject implements RangeEnds {
  readonly kind = "range";
  readonly low: FeelValue;
  readonly lowIncluded: boolean;
  readonly high: FeelValue;
  readonly highIncluded: boolean;
  readonly operator: RangeOperator | null;

  constructor({ low, lowIncluded, high, highIncluded }: RangeEnds, operator: RangeOperator | null = null) {
    super();
    this.low = low;
    this.lowIncluded = lowIncluded;
    this.high = high;
    this.highIncluded = highIncluded;
    this.operator = operator;
  }
}

export type RangeOperator = "=" | "!=" | "<" | "<=" | ">" | ">=";

export interface FeelParameter {
  readonly name: string;
  readonly type: FeelType;
}

/** Something FEEL can call. `call` gets as many arguments as there are parameters, already coerced. */
export class FeelFunction extends FeelObject {
  readonly kind = "function";
  readonly parameters: readonly FeelParameter[];
  readonly result: FeelType;
  readonly call: (args: readonly FeelValue[], caller: Caller) => FeelValue;
  private readonly inferred: FeelType;

  /** `result` is what results are coerced to; `inferred` is what the body is known to yield, if that is more. */
  constructor(
    parameters: readonly FeelParameter[],
    result: FeelType,
    call: (args: readonly FeelValue[], caller: Caller) => FeelValue,
    inferred: FeelType = result,
  ) {
    super();
    this.parameters = parameters;
    this.result = result;
    this.call = call;
    this.inferred = inferred;
  }

  takes(count: number): boolean {
    return count === this.parameters.length;
  }

  get type(): FunctionType {
    return functionOf(
      this.parameters.map(({ type }) => type),
      this.inferred,
      this.parameters.map(({ name }) => name),
    );
  }
}

/**
 * The object behind contexts made here: it inherits nothing, so `constructor` and `__proto__` are names like any
 * other, and unlike `Object.create(null)` V8 keeps its properties in fast mode.
 */
class BareContext {
  [name: string]: FeelValue;
}
Reflect.deleteProperty(BareContext.prototype, "constructor");
Object.setPrototypeOf(BareContext.prototype, null);
Object.freeze(BareContext.prototype);

/** A new, empty context to fill before it is handed out. */
export function newContext(): Record<string, FeelValue> {
  return new BareContext();
}

/** Whether the value is a list. */
export function isList(value: FeelValue | undefined): value is FeelList {
  return Array.isArray(value);
}

/** Whether the value is a context: an object that is neither a list nor one of the classes here. */
export function isContext(value: FeelValue | undefined): value is FeelContext;
export function isContext(value: unknown): value is Readonly<Record<string, unknown>>;
export function isContext(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && !(value instanceof FeelObject) && !Array.isArray(value)
  );
}

/** Names that every plain object inherits: only these need the dearer look at own properties. */
const INHERITED_NAMES: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Whether every plain object inherits something of that name, such as `constructor`. */
export function isInheritedName(name: string): boolean {
  return INHERITED_NAMES.has(name);
}

let memberNames: ReadonlySet<string> | undefined;

/** Whether lists or the classes here have a member of that name, which is no entry of a context. */
function isMemberName(name: string): boolean {
  memberNames ??= new Set([
    ...Object.getOwnPropertyNames(Array.prototype),
    ...[
      new FeelDateTime(0, 0, null, null),
      new FeelDaysDuration(0, 0),
      new FeelMonthsDuration(0),
      new FeelRange({ low: null, lowIncluded: false, high: null, highIncluded: false }),
      new FeelFunction([], ANY, () => null),
    ].flatMap((value) => [
      ...Object.getOwnPropertyNames(value),
      ...Object.getOwnPropertyNames(Object.getPrototypeOf(value)),
    ]),
    "name",
    "overloads",
  ]);
  return memberNames.has(name);
}

/** Whether `object[name]` is an entry's value or undefined, whatever FEEL value the object is. */
export function isPlainName(name: string): boolean {
  return !INHERITED_NAMES.has(name) && !isMemberName(name) && !/^\d/.test(name);
}

/** The entry of that name, or undefined if the context has none. Never reaches a prototype. */
export function entryOf(context: FeelInput, name: string): FeelValue | undefined {
  if (INHERITED_NAMES.has(name) && !Object.hasOwn(context, name)) return undefined;
  return context[name];
}

/** What a value is, for messages; unlike its type found without looking into it. */
export function kindOf(value: FeelValue): string {
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  if (value instanceof FeelObject) return value.kind;
  return isList(value) ? "list" : "context";
}

/** The dynamic type of a value, as precise as it can be told from the value alone. */
export function typeOf(value: FeelValue): FeelType {
  if (value instanceof FeelFunction) return value.type;
  if (value instanceof FeelRange) return rangeOf(unionType(typeOf(value.low), typeOf(value.high)));
  if (isList(value)) {
    return listOf(value.map(typeOf).reduce(unionType, NULL));
  }
  if (!isContext(value)) return namedType(kindOf(value ?? null)) ?? ANY;
  const entries: Record<string, FeelType> = Object.create(null);
  for (const name of Object.keys(value)) entries[name] = typeOf(value[name] ?? null);
  return contextOf(entries);
}

export {
  FeelDate,
  FeelDateTime,
  FeelDaysDuration,
  FeelMonthsDuration,
  FeelObject,
  FeelTime,
} from "./temporal.ts";
