import { booleanFunctions } from "./boolean.ts";
import type { BuiltinFunction } from "./builtin-function.ts";
import { contextFunctions } from "./context.ts";
import { conversionFunctions } from "./conversion.ts";
import { listFunctions } from "./list.ts";
import { numberFunctions } from "./number.ts";
import { rangeFunctions } from "./range.ts";
import { statisticsFunctions } from "./statistics.ts";
import { temporalFunctions } from "./temporal.ts";
import { textFunctions } from "./text.ts";

let functions: ReadonlyMap<string, BuiltinFunction> | undefined;

/** The built-in functions by name (DMN 1.5, 10.3.4); made when first asked for, so that importing stays cheap. */
export function builtins(): ReadonlyMap<string, BuiltinFunction> {
  functions ??= new Map(
    [
      ...conversionFunctions(),
      ...booleanFunctions(),
      ...textFunctions(),
      ...numberFunctions(),
      ...listFunctions(),
      ...statisticsFunctions(),
      ...contextFunctions(),
      ...temporalFunctions(),
      ...rangeFunctions(),
    ].map((fn) => [fn.name, fn]),
  );
  return functions;
}
