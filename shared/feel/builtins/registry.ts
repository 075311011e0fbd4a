import { CONTEXT_FUNCTIONS } from "./context.ts";
import { CONVERSION_FUNCTIONS } from "./conversion.ts";
import { LIST_FUNCTIONS } from "./list.ts";
import { NUMBER_FUNCTIONS } from "./number.ts";
import { RANGE_FUNCTIONS } from "./range.ts";
import type { BuiltinFunction } from "./signature.ts";
import { STATISTICS_FUNCTIONS } from "./statistics.ts";
import { TEMPORAL_FUNCTIONS } from "./temporal.ts";
import { TEXT_FUNCTIONS } from "./text.ts";

/** The built-in functions by name (DMN 1.5, 10.3.4). */
export const BUILTINS: ReadonlyMap<string, BuiltinFunction> = new Map(
  [
    ...CONVERSION_FUNCTIONS,
    ...TEXT_FUNCTIONS,
    ...NUMBER_FUNCTIONS,
    ...LIST_FUNCTIONS,
    ...STATISTICS_FUNCTIONS,
    ...CONTEXT_FUNCTIONS,
    ...TEMPORAL_FUNCTIONS,
    ...RANGE_FUNCTIONS,
  ].map((fn) => [fn.name, fn]),
);
