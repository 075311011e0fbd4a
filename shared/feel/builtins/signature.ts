import type { Frame } from "../frame.ts";
import { bulkSteps } from "../limits.ts";
import type { FeelType, FunctionType } from "../types.ts";
import {
  type FeelContext,
  type FeelDate,
  type FeelDateTime,
  type FeelDaysDuration,
  FeelFunction,
  type FeelList,
  type FeelMonthsDuration,
  type FeelRange,
  type FeelTime,
  type FeelValue,
  isList,
  kindOf,
} from "../values.ts";

/** What the types in a parameter's specification admit. Null is an error for all but those that admit any. */
interface ParameterTypes {
  any: FeelValue;
  /** Any too, but what is known to be no boolean, or no element of the list before it, is reported as a mistake. */
  truth: FeelValue;
  element: FeelValue;
  string: string;
  number: number;
  boolean: boolean;
  list: FeelList;
  /** A list; what is known to be one of something else than numbers is reported as a mistake. */
  numbers: FeelList;
  context: FeelContext;
  range: FeelRange;
  function: FeelFunction;
  date: FeelDate;
  time: FeelTime;
  dateTime: FeelDateTime;
  moment: FeelDate | FeelDateTime;
  duration: FeelDaysDuration | FeelMonthsDuration;
  daysDuration: FeelDaysDuration;
}

export type TypeCode = keyof ParameterTypes;

/** `name:type`, `name?:type` for an optional parameter (null counts as absent), `...name:type` for all the rest. */
type Specification = `${string}:${TypeCode}`;

type Argument<S> = S extends `...${string}:${infer T extends TypeCode}`
  ? readonly ParameterTypes[T][]
  : S extends `${string}?:${infer T extends TypeCode}`
    ? ParameterTypes[T] | undefined
    : S extends `${string}:${infer T extends TypeCode}`
      ? ParameterTypes[T]
      : never;

type Arguments<P extends readonly Specification[]> = { [I in keyof P]: Argument<P[I]> };

export interface ParameterSpec {
  readonly name: string;
  readonly type: TypeCode;
  readonly optional: boolean;
  readonly rest: boolean;
}

/** One way to call a built-in function. Undefined as its result means: these arguments do not fit. */
export interface Overload {
  readonly parameters: readonly ParameterSpec[];
  readonly required: number;
  readonly variadic: boolean;
  readonly call: (frame: Frame, args: readonly unknown[]) => FeelValue | undefined;
}

/** Describes one way to call a function; the types of `call`'s arguments follow from the specifications. */
export function overload<const P extends readonly Specification[]>(
  specifications: P,
  call: (frame: Frame, ...args: Arguments<P>) => FeelValue | undefined,
): Overload {
  const parameters = specifications.map(parseSpecification);
  return {
    parameters,
    required: parameters.filter(({ optional, rest }) => !optional && !rest).length,
    variadic: parameters.at(-1)?.rest ?? false,
    // `accept` has checked each argument against its specification, which is what Arguments<P> says.
    call: (frame, args) => call(frame, ...(args as Arguments<P>)),
  };
}

function parseSpecification(specification: Specification): ParameterSpec {
  const separator = specification.lastIndexOf(":");
  const label = specification.slice(0, separator);
  const rest = label.startsWith("...");
  const optional = label.endsWith("?");
  const name = label.slice(rest ? 3 : 0, optional ? -1 : undefined);
  return { name, type: specification.slice(separator + 1) as TypeCode, optional, rest };
}

/** A function of the language itself; it may be called in several ways. */
export class BuiltinFunction extends FeelFunction {
  readonly name: string;
  readonly overloads: readonly Overload[];

  constructor(name: string, result: FeelType, overloads: readonly Overload[]) {
    super([], result, (args, frame) => callBuiltin(this, args, frame));
    this.name = name;
    this.overloads = overloads;
  }

  override get type(): FunctionType {
    return { kind: "function", parameters: [], result: this.result, open: true };
  }
}

export function builtin(name: string, result: FeelType, ...overloads: readonly Overload[]): BuiltinFunction {
  return new BuiltinFunction(name, result, overloads);
}

/** Calls with positional arguments. */
export function callBuiltin(fn: BuiltinFunction, args: readonly FeelValue[], frame: Frame): FeelValue {
  frame.spend(args.reduce(withSize, 1));
  for (const candidate of fn.overloads) {
    const { parameters, required, variadic } = candidate;
    if (args.length < required || (args.length > parameters.length && !variadic)) continue;
    const fitted = fitAll(parameters, args);
    if (!fitted) continue;
    const result = candidate.call(frame, fitted);
    if (result !== undefined) return bounded(result, frame);
  }
  return frame.warn("wrong-arguments", `the arguments do not fit \`${fn.name}\``);
}

/** Calls with named arguments: `names` and `args` run in parallel. */
export function callBuiltinNamed(
  fn: BuiltinFunction,
  names: readonly string[],
  args: readonly FeelValue[],
  frame: Frame,
): FeelValue {
  frame.spend(args.reduce(withSize, 1));
  for (const candidate of fn.overloads) {
    const ordered = orderByName(candidate, names, args);
    const fitted = ordered && fitAll(candidate.parameters, ordered);
    if (!fitted) continue;
    const result = candidate.call(frame, fitted);
    if (result !== undefined) return bounded(result, frame);
  }
  return frame.warn("wrong-arguments", `the arguments do not fit \`${fn.name}\``);
}

/** Functions go through what they are given once, or count themselves what they do besides. */
function withSize(steps: number, value: FeelValue): number {
  if (typeof value === "string") return steps + bulkSteps(value.length);
  return isList(value) ? steps + value.length : steps;
}

function bounded(result: FeelValue, frame: Frame): FeelValue {
  frame.spend(withSize(0, result));
  if (typeof result === "string") frame.checkStringLength(result.length);
  else if (isList(result)) frame.checkListSize(result.length);
  return result;
}

function orderByName(
  { parameters }: Overload,
  names: readonly string[],
  args: readonly FeelValue[],
): FeelValue[] | null {
  if (!names.every((name) => parameters.some((parameter) => parameter.name === name))) return null;
  const ordered: FeelValue[] = [];
  for (const { name, rest, optional } of parameters) {
    const index = names.indexOf(name);
    if (index === -1 && !optional && !rest) return null;
    const value = index === -1 ? null : (args[index] ?? null);
    if (!rest) ordered.push(value);
    else if (isList(value)) ordered.push(...value);
    else if (index !== -1) ordered.push(value);
  }
  return ordered;
}

function fitAll(parameters: readonly ParameterSpec[], args: readonly FeelValue[]): unknown[] | null {
  const fitted: unknown[] = [];
  for (let index = 0; index < parameters.length; index++) {
    const parameter = parameters[index];
    if (!parameter) break;
    if (parameter.rest) {
      const rest = args.slice(index).map((value) => accept(value, parameter.type));
      if (rest.includes(undefined)) return null;
      fitted.push(...rest);
      return fitted;
    }
    const given = args[index];
    const value = given === undefined || given === null ? given : accept(given, parameter.type);
    if (value === undefined || value === null) {
      if (parameter.optional && (given === undefined || given === null)) fitted.push(undefined);
      else if (admits(null, parameter.type) && given !== undefined) fitted.push(null);
      else return null;
    } else {
      fitted.push(value);
    }
  }
  return fitted;
}

/** The value as a parameter of that type takes it, or undefined. A list of one stands for its element and back. */
function accept(value: FeelValue, type: TypeCode): unknown {
  if (admits(value, type)) return value;
  if (kindsOf(type)[0] === "list") return value === null ? undefined : [value];
  if (!isList(value) || value.length !== 1) return undefined;
  const [only] = value;
  return only !== undefined && admits(only, type) ? only : undefined;
}

function admits(value: FeelValue, type: TypeCode): boolean {
  const kinds = kindsOf(type);
  return kinds.length === 0 || kinds.includes(kindOf(value));
}

const NAMED_OTHERWISE: Readonly<Partial<Record<TypeCode, readonly string[]>>> = {
  any: [],
  truth: [],
  element: [],
  numbers: ["list"],
  dateTime: ["date and time"],
  moment: ["date", "date and time"],
  duration: ["days and time duration", "years and months duration"],
  daysDuration: ["days and time duration"],
};

/** The kinds of values that a parameter takes; any where none are named. */
export function kindsOf(type: TypeCode): readonly string[] {
  return NAMED_OTHERWISE[type] ?? [type];
}

/** The parameters' names of every way to call the function, for messages. */
export function signaturesOf(fn: BuiltinFunction): string {
  return fn.overloads
    .map(
      ({ parameters }) =>
        `${fn.name}(${parameters.map(({ name, optional }) => (optional ? `${name}?` : name)).join(", ")})`,
    )
    .join(" or ");
}
