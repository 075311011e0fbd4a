import { BOUNDS } from "#kernel/bounds.ts";
import type { Json } from "#kernel/json.ts";
import type { ComputedKind, FieldType } from "../../playbook/model/data-model.ts";
import type { Accumulator } from "../../records/customer.ts";
import { hashOfValue, mergeDistinct, readDistinct } from "./distinct.ts";

type Fact = { readonly at: string; readonly id: string };
type Value = Json | undefined;
export type Reading = { readonly value: Json; readonly approximate: boolean };

/** One kind of computed trait. `merge` commutes and associates, so that counting in any order gives the same. */
type Kind = {
  /** What one event contributes; null when its value is not of this kind. */
  readonly of: (value: Value, event: Fact) => Accumulator | null;
  /** Whether it can say anything of such a value, given the type that its trait is declared with. */
  readonly takes: (value: Json, type: FieldType) => boolean;
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

const isOrdered = (value: Value): value is number | string =>
  typeof value === "number" || typeof value === "string";

/** A trait of any type takes numbers and texts: what is kept of both is told by `extreme`. */
const isOfType = (value: Json, type: FieldType): boolean => {
  if (type === "number") return typeof value === "number";
  return type === "any" ? isOrdered(value) : typeof value === "string";
};

const position = (kept: Accumulator): string => `${kept.at}#${kept.by}`;

/**
 * The least or the greatest: of numbers, of texts (ISO dates compare as such) where no number came. A text beside numbers is
 * a slip, and must not stand for good.
 */
const extreme = (wins: <V extends number | string>(a: V, b: V) => boolean): Kind => ({
  of: (value) => (isOrdered(value) && isSmall(value) ? { value } : null),
  takes: isOfType,
  merge: (a, b) => {
    if (typeof a.value === "number" && typeof b.value === "number") return wins(a.value, b.value) ? a : b;
    if (typeof a.value === "string" && typeof b.value === "string") return wins(a.value, b.value) ? a : b;
    return typeof a.value === "number" ? a : b;
  },
  read: (kept) => exact(kept?.value ?? null),
});

const positional = (wins: (a: string, b: string) => boolean): Kind => ({
  of: (value, { at, id }) =>
    value === undefined || value === null || !isSmall(value) ? null : { value, at, by: id },
  // A number that stands for a text reads well in a message; a text that stands for a number is none in a rule, for good.
  takes: (value, type) => type !== "number" || typeof value === "number",
  merge: (a, b) => (wins(position(a), position(b)) ? a : b),
  read: (kept) => exact(kept?.value ?? null),
});

export const KINDS: Readonly<Record<ComputedKind, Kind>> = {
  count: {
    of: () => ({ n: 1 }),
    takes: () => true,
    merge: (a, b) => ({ n: (a.n ?? 0) + (b.n ?? 0) }),
    read: (kept) => exact(kept?.n ?? 0),
  },
  sum: {
    of: (value) =>
      typeof value === "number" && Math.abs(value) <= MAX_SUMMAND ? { sum: toMillionths(value) } : null,
    takes: (value) => typeof value === "number",
    merge: (a, b) => ({ sum: (BigInt(a.sum ?? "0") + BigInt(b.sum ?? "0")).toString() }),
    read: (kept) => exact(fromMillionths(kept?.sum ?? "0")),
  },
  min: extreme((a, b) => a < b),
  max: extreme((a, b) => a > b),
  first: positional((a, b) => a < b),
  last: positional((a, b) => a > b),
  distinct: {
    of: (value) => (value === undefined || value === null ? null : { values: [hashOfValue(value)] }),
    takes: () => true,
    merge: mergeDistinct,
    read: (kept) => (kept === undefined ? exact(0) : readDistinct(kept)),
  },
};
