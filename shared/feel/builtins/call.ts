import type { Caller } from "../run/caller.ts";
import { bulkSteps } from "../run/limits.ts";
import { type FeelValue, isList, kindOf } from "../values/values.ts";
import type { Callable, Overload, ParameterSpec, TypeCode } from "./signature.ts";

/** Calls with positional arguments, or with arguments named in parallel by `names`: the first way that fits. */
export function callBuiltin(
  fn: Callable,
  args: readonly FeelValue[],
  names: readonly string[] | undefined,
  caller: Caller,
): FeelValue {
  caller.spend(args.reduce(withSize, 1));
  for (const candidate of names ? asWritten(fn.overloads, names) : fn.overloads) {
    const ordered = names ? orderByName(candidate, names, args) : args;
    const fitted = ordered && candidate.takes(ordered.length) && fitAll(candidate.parameters, ordered);
    if (!fitted) continue;
    const result = candidate.call(caller, fitted);
    if (result !== undefined) return bounded(result, caller);
  }
  return caller.warn("wrong-arguments", `the arguments do not fit \`${fn.name}\``);
}

/** Puts those first whose parameters have the order of the names: before(point, range), before(range, point). */
function asWritten(overloads: readonly Overload[], names: readonly string[]): readonly Overload[] {
  const first = overloads.filter(({ parameters }) =>
    names.every((name, index) => name === parameters[index]?.name),
  );
  return [...first, ...overloads];
}

/** Adds the steps of going through a value once; a function that does more counts the rest itself. */
function withSize(steps: number, value: FeelValue): number {
  if (typeof value === "string") return steps + bulkSteps(value.length);
  return isList(value) ? steps + value.length : steps;
}

function bounded(result: FeelValue, caller: Caller): FeelValue {
  caller.spend(withSize(0, result));
  if (typeof result === "string") caller.checkStringLength(result.length);
  else if (isList(result)) caller.checkListSize(result.length);
  return result;
}

function orderByName(
  { parameters }: Overload,
  names: readonly string[],
  args: readonly FeelValue[],
): FeelValue[] | null {
  if (new Set(names).size < names.length) return null;
  if (!names.every((name) => parameters.some((parameter) => parameter.name === name))) return null;
  const ordered: FeelValue[] = [];
  for (const { name, rest, optional } of parameters) {
    const index = names.indexOf(name);
    if (index === -1 && !optional && !rest) return null;
    const value = index === -1 ? null : (args[index] ?? null);
    // `list` names all the lists of a concatenation, `item` the one item.
    if (rest && name === "list" && isList(value)) return [...ordered, ...value];
    if (!rest || index !== -1) ordered.push(value);
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
