import { BOUNDS } from "#kernel/bounds.ts";
import type { Json } from "#kernel/json.ts";
import type { ComputedKind } from "../../playbook/model/document.ts";
import type { Accumulator } from "../../records/customer.ts";
import { hashOfValue, mergeDistinct, readDistinct } from "./distinct.ts";

type Fact = { readonly at: string; readonly id: string };
export type Reading = { readonly value: Json; readonly approximate: boolean };

/** One kind of computed trait. `merge` commutes and associates, so that counting in any order gives the same. */
type Kind = {
  /** What one event contributes; null when its value is not of this kind. */
  readonly of: (value: Json | undefined, event: Fact) => Accumulator | null;
  readonly merge: (a: Accumulator, b: Accumulator) => Accumulator;
  readonly read: (kept: Accumulator | undefined) => Reading;
};

/** Sums are kept to six decimals; a number beyond this is a mistake, not an amount. */
const MAX_SUMMAND = 1e15;
const DECIMALS = 6;

/** Whether a value is small enough to be kept: a text of 30 KB is no value anybody compares. */
const isSmall = (value: Json): boolean =>
  typeof value === "number" || Buffer.byteLength(JSON.stringify(value)) <= BOUNDS.computedBytes;

const exact = (value: Json): Reading => ({ value, approximate: false });

const toMillionths = (value: number): string => BigInt(value.toFixed(DECIMALS).replace(".", "")).toString();

const fromMillionths = (sum: string): number => {
  const digits = sum.replace("-", "").padStart(DECIMALS + 1, "0");
  const number = Number(`${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`);
  return sum.startsWith("-") ? -number : number;
};

const isOrdered = (value: Json | undefined): value is number | string =>
  typeof value === "number" || typeof value === "string";

/** Numbers come before texts, so that any two values have an order. ISO dates compare as text. */
const less = (a: Json | undefined, b: Json | undefined): boolean => {
  if (typeof a === "number" && typeof b === "number") return a < b;
  if (typeof a === "string" && typeof b === "string") return a < b;
  return typeof a === "number";
};

const position = (kept: Accumulator): string => `${kept.at}#${kept.by}`;

const extreme = (wins: (a: Json | undefined, b: Json | undefined) => boolean): Kind => ({
  of: (value) => (isOrdered(value) && isSmall(value) ? { value } : null),
  merge: (a, b) => (wins(a.value, b.value) ? a : b),
  read: (kept) => exact(kept?.value ?? null),
});

const positional = (wins: (a: string, b: string) => boolean): Kind => ({
  of: (value, { at, id }) =>
    value === undefined || value === null || !isSmall(value) ? null : { value, at, by: id },
  merge: (a, b) => (wins(position(a), position(b)) ? a : b),
  read: (kept) => exact(kept?.value ?? null),
});

export const KINDS: Readonly<Record<ComputedKind, Kind>> = {
  count: {
    of: () => ({ n: 1 }),
    merge: (a, b) => ({ n: (a.n ?? 0) + (b.n ?? 0) }),
    read: (kept) => exact(kept?.n ?? 0),
  },
  sum: {
    of: (value) =>
      typeof value === "number" && Math.abs(value) <= MAX_SUMMAND ? { sum: toMillionths(value) } : null,
    merge: (a, b) => ({ sum: (BigInt(a.sum ?? "0") + BigInt(b.sum ?? "0")).toString() }),
    read: (kept) => exact(fromMillionths(kept?.sum ?? "0")),
  },
  min: extreme((a, b) => less(a, b)),
  max: extreme((a, b) => less(b, a)),
  first: positional((a, b) => a < b),
  last: positional((a, b) => a > b),
  distinct: {
    of: (value) => (value === undefined || value === null ? null : { values: [hashOfValue(value)] }),
    merge: mergeDistinct,
    read: (kept) => (kept === undefined ? exact(0) : readDistinct(kept)),
  },
};
