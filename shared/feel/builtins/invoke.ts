import { coerce } from "../conversion/coerce.ts";
import type { Caller } from "../run/caller.ts";
import { FeelLimitError } from "../run/limits.ts";
import { normalizeName } from "../values/names.ts";
import { ANY } from "../values/types.ts";
import type { FeelFunction, FeelValue } from "../values/values.ts";
import { BuiltinFunction } from "./builtin-function.ts";
import { callBuiltin } from "./call.ts";

/** Calls a function with positional arguments, or with arguments named in parallel by `names`. */
export function invoke(
  fn: FeelFunction,
  values: readonly FeelValue[],
  names: readonly string[] | undefined,
  caller: Caller,
): FeelValue {
  if (fn instanceof BuiltinFunction) return callBuiltin(fn, values, names, caller);
  const ordered = names ? orderByName(fn, names, values) : values;
  if (!ordered || ordered.length !== fn.parameters.length) {
    const expected = fn.parameters.map(({ name }) => name).join(", ");
    return caller.warn("wrong-arguments", `the arguments do not fit the parameters (${expected})`);
  }
  const args: FeelValue[] = [];
  for (let index = 0; index < ordered.length; index++) {
    const value = ordered[index] ?? null;
    const coerced = coerce(value, fn.parameters[index]?.type ?? ANY, caller);
    if (coerced === undefined) {
      return caller.warn("coercion", `the argument \`${fn.parameters[index]?.name}\` has the wrong type`);
    }
    args.push(coerced);
  }
  return enter(fn, args, caller);
}

function enter(fn: FeelFunction, args: readonly FeelValue[], caller: Caller): FeelValue {
  const { run, from, to } = caller;
  caller.spend(1);
  run.depth += 1;
  if (run.depth > run.limits.callDepth) throw new FeelLimitError("callDepth", run.limits.callDepth);
  const result = coerce(fn.call(args, caller), fn.result, caller);
  run.depth -= 1;
  if (result !== undefined) return result;
  return caller.warnAt("coercion", "the function's result has the wrong type", from, to);
}

function orderByName(
  fn: FeelFunction,
  names: readonly string[],
  values: readonly FeelValue[],
): FeelValue[] | null {
  const ordered: FeelValue[] = fn.parameters.map(() => null);
  for (const [index, name] of names.entries()) {
    const position = fn.parameters.findIndex((parameter) => normalizeName(parameter.name) === name);
    if (position === -1) return null;
    ordered[position] = values[index] ?? null;
  }
  return new Set(names).size === fn.parameters.length ? ordered : null;
}
