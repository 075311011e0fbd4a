import { CONVERSION_FUNCTIONS } from "./conversion.ts";
import type { BuiltinFunction } from "./signature.ts";

/** The built-in functions by name (DMN 1.5, 10.3.4). */
export const BUILTINS: ReadonlyMap<string, BuiltinFunction> = new Map(
  [...CONVERSION_FUNCTIONS].map((fn) => [fn.name, fn]),
);
