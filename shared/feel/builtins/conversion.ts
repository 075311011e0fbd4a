import { formatValue } from "../conversion/format.ts";
import { NUMBER, STRING } from "../values/types.ts";
import { type BuiltinFunction, builtin } from "./builtin-function.ts";

/** Conversions between types (DMN 1.5, 10.3.4.1) that are not about time. */
export function conversionFunctions(): BuiltinFunction[] {
  return [
    builtin("string", STRING, ["from:any"], (caller, from) => {
      let length = 0;
      return formatValue(from, (more) => {
        length += more;
        caller.spend(1);
        caller.checkStringLength(length);
      });
    }),
    builtin(
      "number",
      NUMBER,
      ["from:string", "grouping separator?:string", "decimal separator?:string"],
      (_, from, grouping, decimal) => readNumber(from, grouping, decimal),
    ),
  ];
}

const DECIMAL = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const MAXIMUM_DIGITS = 1000;

/** Groups are taken out, the decimal separator becomes a point; undefined for what is then no number. */
function readNumber(
  from: string,
  grouping: string | undefined,
  decimal: string | undefined,
): number | undefined {
  if (from.length > MAXIMUM_DIGITS) return undefined;
  if (grouping !== undefined && ![" ", ",", "."].includes(grouping)) return undefined;
  if (decimal !== undefined && ![",", "."].includes(decimal)) return undefined;
  if (grouping !== undefined && grouping === decimal) return undefined;
  const ungrouped = grouping === undefined ? from : from.replaceAll(grouping, "");
  const plain = decimal === "," ? ungrouped.replace(",", ".") : ungrouped;
  if (decimal === "," && ungrouped.includes(".")) return undefined;
  if (!DECIMAL.test(plain.trim())) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}
