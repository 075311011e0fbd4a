import type { FeelType, FunctionType } from "../values/types.ts";
import { FeelFunction } from "../values/values.ts";
import { callBuiltin } from "./call.ts";
import {
  type Callable,
  type Overload,
  type OverloadCall,
  overload,
  type Specification,
} from "./signature.ts";

/** A function of the language itself. */
export class BuiltinFunction extends FeelFunction implements Callable {
  readonly name: string;
  readonly overloads: readonly Overload[];

  constructor(name: string, result: FeelType, overloads: readonly Overload[]) {
    super([], result, (args, caller) => callBuiltin(this, args, undefined, caller));
    this.name = name;
    this.overloads = overloads;
  }

  override takes(count: number): boolean {
    return this.overloads.some((overload) => overload.takes(count));
  }

  override get type(): FunctionType {
    return { kind: "function", parameters: [], result: this.result, open: true };
  }
}

/** A function that can be called in one way; the types of `call`'s arguments follow from the specifications. */
export function builtin<const P extends readonly Specification[]>(
  name: string,
  result: FeelType,
  specifications: P,
  call: OverloadCall<P>,
): BuiltinFunction {
  return new BuiltinFunction(name, result, [overload(specifications, call)]);
}

/** A function that can be called in several ways: the first that fits the arguments is taken. */
export function overloaded(
  name: string,
  result: FeelType,
  ...overloads: readonly Overload[]
): BuiltinFunction {
  return new BuiltinFunction(name, result, overloads);
}
