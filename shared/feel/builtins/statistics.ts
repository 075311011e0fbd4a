import {
  addNumbers,
  divideNumbers,
  finite,
  multiplyNumbers,
  subtractNumbers,
} from "../numbers/arithmetic.ts";
import { compare } from "../operations/order.ts";
import type { Caller } from "../run/caller.ts";
import { ANY, type FeelType, listOf, NUMBER } from "../values/types.ts";
import type { FeelList, FeelValue } from "../values/values.ts";
import { type BuiltinFunction, overloaded } from "./builtin-function.ts";
import { overload } from "./signature.ts";

type Statistic = (list: FeelList, caller: Caller) => FeelValue | undefined;

/** Each takes one list, or any number of arguments as the list. */
function aggregate(
  name: string,
  statistic: Statistic,
  result: FeelType = NUMBER,
  list: "list" | "numbers" = "list",
) {
  return overloaded(
    name,
    result,
    overload([`list:${list}`], (caller, items) => statistic(items, caller)),
    overload(["...list:any"], (caller, ...items) =>
      items.length > 1 ? statistic(items, caller) : undefined,
    ),
  );
}

function ofNumbers(
  name: string,
  statistic: (numbers: readonly number[]) => FeelValue | undefined,
  result?: FeelType,
) {
  return aggregate(name, (list) => (isNumbers(list) ? statistic(list) : undefined), result, "numbers");
}

function isNumbers(list: FeelList): list is readonly number[] {
  return list.every((item) => typeof item === "number");
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce(addNumbers, 0);
}

function mean(numbers: readonly number[]): number {
  return divideNumbers(sum(numbers), numbers.length);
}

/** The element that no other comes before (`sign` 1: the least) or after (-1: the greatest). */
function extreme(list: FeelList, sign: 1 | -1, caller: Caller): FeelValue | undefined {
  let best = list[0];
  if (best === undefined) return null;
  if (list.length === 1) return compare(best, best) === null ? undefined : best;
  for (const item of list) {
    const order = compare(item, best, caller);
    if (order === null) return undefined;
    if (order * sign < 0) best = item;
  }
  return best;
}

function median(numbers: readonly number[]): number | null | undefined {
  const sorted = numbers.toSorted((left, right) => left - right);
  const middle = sorted.length >>> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  if (sorted.length % 2 === 1) return upper;
  return finite(divideNumbers(addNumbers(sorted[middle - 1] ?? upper, upper), 2));
}

/** The sample's, with one degree of freedom less than there are numbers. */
function standardDeviation(numbers: readonly number[]): number | undefined {
  if (numbers.length < 2) return undefined;
  const centre = mean(numbers);
  const squares = numbers.map((value) => subtractNumbers(value, centre) ** 2);
  return finite(Math.sqrt(sum(squares) / (numbers.length - 1)));
}

function mode(numbers: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const value of numbers) counts.set(value, (counts.get(value) ?? 0) + 1);
  const highest = [...counts.values()].reduce((most, count) => Math.max(most, count), 0);
  return [...counts.keys()]
    .filter((value) => counts.get(value) === highest)
    .toSorted((left, right) => left - right);
}

/** Functions that reduce a list to a value (DMN 1.5, 10.3.4.4). */
export function statisticsFunctions(): BuiltinFunction[] {
  return [
    aggregate("min", (list, caller) => extreme(list, 1, caller), ANY),
    aggregate("max", (list, caller) => extreme(list, -1, caller), ANY),
    ofNumbers("sum", (numbers) => (numbers.length === 0 ? null : finite(sum(numbers)))),
    ofNumbers("mean", (numbers) => (numbers.length === 0 ? null : finite(mean(numbers)))),
    ofNumbers("product", (numbers) =>
      numbers.length === 0 ? undefined : finite(numbers.reduce(multiplyNumbers, 1)),
    ),
    ofNumbers("median", median),
    ofNumbers("stddev", standardDeviation),
    ofNumbers("mode", mode, listOf(NUMBER)),
  ];
}
