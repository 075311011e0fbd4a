import type { FeelType, FunctionType } from "../values/types.ts";
import { FeelFunction } from "../values/values.ts";
import { callBuiltin } from "./call.ts";
import type { Callable, Overload } from "./signature.ts";

/** A function of the language itself; it may be called in several ways. */
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

export function builtin(name: string, result: FeelType, ...overloads: readonly Overload[]): BuiltinFunction {
  return new BuiltinFunction(name, result, overloads);
}
