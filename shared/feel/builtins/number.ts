import { divideNumbers, finite, multiplyNumbers, subtractNumbers } from "../numbers/arithmetic.ts";
import { type Rounding, roundTo } from "../numbers/rounding.ts";
import { negateDuration } from "../temporal/arithmetic.ts";
import { ANY, BOOLEAN, type FeelType, NUMBER } from "../values/types.ts";
import { FeelMonthsDuration, type FeelValue } from "../values/values.ts";
import { type BuiltinFunction, builtin, overloaded } from "./builtin-function.ts";
import { overload } from "./signature.ts";

/** Scales that a decimal128 may have (DMN 1.5, 10.3.4.5). */
const MINIMUM_SCALE = -6111;
const MAXIMUM_SCALE = 6176;

function rounded(value: number, scale: number, rounding: Rounding): number | undefined {
  const places = Math.trunc(scale);
  return places < MINIMUM_SCALE || places > MAXIMUM_SCALE ? undefined : roundTo(value, places, rounding);
}

function rounding(name: string, mode: Rounding) {
  return overloaded(
    name,
    NUMBER,
    overload(["n:number"], (_, value) => roundTo(value, 0, mode)),
    overload(["n:number", "scale:number"], (_, value, scale) => rounded(value, scale, mode)),
  );
}

function ofNumber(name: string, result: FeelType, call: (value: number) => FeelValue | undefined) {
  return builtin(name, result, ["number:number"], (_, value) => call(value));
}

/** Functions of numbers (DMN 1.5, 10.3.4.5). */
export function numberFunctions(): BuiltinFunction[] {
  return [
    builtin("decimal", NUMBER, ["n:number", "scale:number"], (_, value, scale) =>
      rounded(value, scale, "half even"),
    ),
    rounding("floor", "floor"),
    rounding("ceiling", "ceiling"),
    rounding("round up", "up"),
    rounding("round down", "down"),
    rounding("round half up", "half up"),
    rounding("round half down", "half down"),
    overloaded(
      "abs",
      ANY,
      overload(["n:number"], (_, value) => Math.abs(value)),
      overload(["n:duration"], (_, value) => {
        const size = value instanceof FeelMonthsDuration ? value.months : value.seconds;
        return size < 0 ? negateDuration(value) : value;
      }),
    ),
    builtin("modulo", NUMBER, ["dividend:number", "divisor:number"], (caller, dividend, divisor) => {
      if (divisor === 0) return caller.warn("division-by-zero", "modulo by zero");
      if (Number.isInteger(dividend) && Number.isInteger(divisor)) return modulo(dividend, divisor);
      const times = Math.floor(divideNumbers(dividend, divisor));
      return finite(subtractNumbers(dividend, multiplyNumbers(divisor, times)));
    }),
    ofNumber("sqrt", NUMBER, (value) => (value < 0 ? undefined : Math.sqrt(value))),
    ofNumber("log", NUMBER, (value) => (value <= 0 ? undefined : Math.log(value))),
    ofNumber("exp", NUMBER, (value) => finite(Math.exp(value))),
    ofNumber("odd", BOOLEAN, (value) => parity(value, 1)),
    ofNumber("even", BOOLEAN, (value) => parity(value, 0)),
  ];
}

/** Of integers, exactly: what is left has the sign of the divisor. */
function modulo(dividend: number, divisor: number): number {
  const rest = dividend % divisor;
  return rest !== 0 && rest < 0 !== divisor < 0 ? rest + divisor : rest + 0;
}

/** A number with a fraction is neither. */
function parity(value: number, rest: number): boolean {
  return Math.abs(value % 2) === rest;
}
