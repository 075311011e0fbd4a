import { createHash } from "node:crypto";
import type { Json } from "#kernel/json.ts";
import type { Accumulator } from "../../records/customer.ts";

/** Up to so many values the count is exact; beyond, a sketch estimates it. */
const MAX_EXACT = 100;

/** 1024 registers: a standard error of 1.04 / sqrt(1024) = 3.25 %. Flajolet et al., "HyperLogLog", 2007. */
const INDEX_BITS = 10n;
const REGISTERS = 1024;
const REST_BITS = 38;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const EMPTY = ALPHABET.charAt(0).repeat(REGISTERS);
const VALUE_OF: ReadonlyMap<string, number> = new Map([...ALPHABET].map((letter, value) => [letter, value]));

/** 48 bits in 8 letters: two of some thousand values collide once in a billion customers. The value itself is not kept. */
export const hashOfValue = (value: Json): string =>
  createHash("sha256").update(JSON.stringify(value)).digest().subarray(0, 6).toString("base64url");

export const bitsOf = (hash: string): bigint =>
  BigInt(`0x${Buffer.from(hash, "base64url").toString("hex") || "0"}`);

/** Position of the first 1 among the 38 bits that do not choose the register. */
const rankOf = (bits: bigint): number => {
  const rest = bits >> INDEX_BITS;
  return REST_BITS - (rest === 0n ? 0 : rest.toString(2).length) + 1;
};

/** One letter a register: its six bits hold every rank up to 39. */
const rankIn = (letter: string | undefined): number => VALUE_OF.get(letter ?? "") ?? 0;

const addToSketch = (sketch: string, hashes: readonly string[]): string => {
  const registers = [...sketch];
  for (const hash of hashes) {
    const bits = bitsOf(hash);
    const index = Number(bits % BigInt(REGISTERS));
    const letter = ALPHABET.charAt(rankOf(bits));
    if (rankIn(registers[index]) < rankIn(letter)) registers[index] = letter;
  }
  return registers.join("");
};

const mergeSketches = (a: string, b: string): string =>
  Array.from({ length: REGISTERS }, (_, index) => {
    const [x, y] = [a.charAt(index), b.charAt(index)];
    return rankIn(x) >= rankIn(y) ? x : y;
  }).join("");

const estimate = (sketch: string): number => {
  const ranks = [...sketch].map(rankIn);
  const harmonic = ranks.reduce((sum, rank) => sum + 2 ** -rank, 0);
  const raw = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS ** 2) / harmonic;
  const empty = ranks.filter((rank) => rank === 0).length;
  // Small cardinalities: linear counting is closer (section 4 of the paper).
  return Math.round(raw <= 2.5 * REGISTERS && empty > 0 ? REGISTERS * Math.log(REGISTERS / empty) : raw);
};

/** The union. Which form it has depends on the values alone, not on the order in which they came. */
export const mergeDistinct = (a: Accumulator, b: Accumulator): Accumulator => {
  const values = [...new Set([...(a.values ?? []), ...(b.values ?? [])])].sort();
  if (a.sketch === undefined && b.sketch === undefined && values.length <= MAX_EXACT) return { values };
  const sketch = mergeSketches(a.sketch ?? EMPTY, b.sketch ?? EMPTY);
  return { sketch: addToSketch(sketch, values) };
};

export const readDistinct = (kept: Accumulator): { readonly value: number; readonly approximate: boolean } =>
  kept.sketch === undefined
    ? { value: kept.values?.length ?? 0, approximate: false }
    : { value: estimate(kept.sketch), approximate: true };
