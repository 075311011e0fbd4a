import type { ComputedState } from "../../records/customer.ts";
import { bitsOf } from "./distinct.ts";

/** Up to so many values the count is exact; beyond, it comes from a sample of this size, with a standard error of 6 to 9 %. */
const MAX_SAMPLED = 256;

type Sample = NonNullable<ComputedState["sample"]>;

/** Values whose hash ends in `level` zero bits: on average one in 2^level. */
const belongs = (hash: string, level: number): boolean => bitsOf(hash) % (1n << BigInt(level)) === 0n;

/**
 * Distinct values of a sliding window by distinct sampling (Gibbons, VLDB 2001): values are kept with the last bucket
 * they were seen in; when there are too many, every second one goes, chosen by hash, so that merging in any order keeps
 * the same sample.
 */
export const mergeSamples = (a: Sample, b: Sample): Sample => {
  const last = new Map(Object.entries(a.last));
  for (const [hash, bucket] of Object.entries(b.last)) {
    last.set(hash, Math.max(bucket, last.get(hash) ?? bucket));
  }
  let level = Math.max(a.level, b.level);
  let kept = [...last].filter(([hash]) => belongs(hash, level));
  while (kept.length > MAX_SAMPLED) {
    level += 1;
    kept = kept.filter(([hash]) => belongs(hash, level));
  }
  return { level, last: Object.fromEntries(kept.sort(([x], [y]) => (x < y ? -1 : 1))) };
};

export const readSample = (
  sample: Sample,
  isLive: (bucket: number) => boolean,
): { readonly value: number; readonly approximate: boolean } => ({
  value: Object.values(sample.last).filter(isLive).length * 2 ** sample.level,
  approximate: sample.level > 0,
});

/** Without values that have left the window for good. */
export const pruneSample = (sample: Sample, isLive: (bucket: number) => boolean): Sample => ({
  level: sample.level,
  last: Object.fromEntries(Object.entries(sample.last).filter(([, bucket]) => isLive(bucket))),
});
