import { equal, type FeelValue } from "#feel/index.ts";
import type { HitPolicy } from "../model/types.ts";

/** Whether all matching rows count, and not one of them (DMN 1.5, 8.2.11). */
export function isMultiHit(policy: HitPolicy): boolean {
  return policy === "COLLECT" || policy === "RULE ORDER" || policy === "OUTPUT ORDER";
}

/** Whether all rows gave the same output, as hit policy ANY demands. */
export function allSame(outputs: readonly FeelValue[]): boolean {
  const [first, ...others] = outputs;
  return others.every((other) => equal(first ?? null, other) === true);
}

/**
 * Where an output value stands in the list of output values; values not listed come last.
 * DMN 1.5, 8.2.11: output values are listed in decreasing order of priority.
 */
export function priorityOf(value: FeelValue, listed: readonly FeelValue[]): number {
  const index = listed.findIndex((candidate) => equal(candidate, value) === true);
  return index === -1 ? listed.length : index;
}

/** Orders rows by the priority of their outputs, the first output column counting most. */
export function comparePriorities(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < left.length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
