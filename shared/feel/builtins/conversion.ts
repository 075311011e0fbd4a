import { formatValue } from "../format.ts";
import { STRING } from "../types.ts";
import { builtin, overload } from "./signature.ts";

/** Conversions between types (DMN 1.5, table 70 and following). */
export const CONVERSION_FUNCTIONS = [
  builtin(
    "string",
    STRING,
    overload(["from:any"], (_, from) => formatValue(from)),
  ),
];
