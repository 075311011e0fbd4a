import type { ArithmeticOperator } from "../syntax/ast.ts";
import { ANY, DAYS_DURATION, type FeelType, isUnknown, NUMBER } from "../values/types.ts";

export const DURATIONS: ReadonlySet<string> = new Set([
  "days and time duration",
  "years and months duration",
]);
const MOMENTS: ReadonlySet<string> = new Set(["date", "date and time", "time"]);

/** The type of `left operator right`, or undefined if FEEL has no such operation. */
export function arithmeticType(
  operator: ArithmeticOperator,
  left: FeelType,
  right: FeelType,
): FeelType | undefined {
  if (isUnknown(left) || isUnknown(right)) return ANY;
  if (left.kind === "number" && right.kind === "number") return NUMBER;
  switch (operator) {
    case "+":
      return sumType(left, right);
    case "-":
      return differenceType(left, right);
    case "*":
      if (DURATIONS.has(left.kind) && right.kind === "number") return left;
      return left.kind === "number" && DURATIONS.has(right.kind) ? right : undefined;
    case "/":
      if (DURATIONS.has(left.kind) && right.kind === "number") return left;
      return DURATIONS.has(left.kind) && left.kind === right.kind ? NUMBER : undefined;
    case "**":
      return undefined;
  }
}

function sumType(left: FeelType, right: FeelType): FeelType | undefined {
  if (left.kind === "string") return right.kind === "string" ? left : undefined;
  if (DURATIONS.has(right.kind)) return shiftedType(left, right);
  return DURATIONS.has(left.kind) ? shiftedType(right, left) : undefined;
}

function shiftedType(moment: FeelType, duration: FeelType): FeelType | undefined {
  if (moment.kind === duration.kind) return moment;
  if (moment.kind === "time" && duration.kind === "years and months duration") return undefined;
  return MOMENTS.has(moment.kind) ? moment : undefined;
}

function differenceType(left: FeelType, right: FeelType): FeelType | undefined {
  if (DURATIONS.has(right.kind)) return shiftedType(left, right);
  if (!MOMENTS.has(left.kind) || !MOMENTS.has(right.kind)) return undefined;
  return (left.kind === "time") === (right.kind === "time") ? DAYS_DURATION : undefined;
}
