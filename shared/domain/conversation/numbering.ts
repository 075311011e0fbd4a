import type { Stream } from "../records/conversation.ts";

/** As many numbers may be awaited; past that the oldest is given up: it stays on the timeline. */
const MOST_MISSING = 1_000;

/** The numbers that are to be looked for when one is told of: it, and those before it that never came. */
export const wanted = ({ taken, missing }: Stream, told: number): readonly number[] => {
  if (told <= taken) return missing.includes(told) ? [told] : [];
  return Array.from({ length: told - taken }, (_, index) => taken + index + 1);
};

/**
 * What is taken, in the order of the numbers, of messages that were found; a number that was taken before is passed over.
 * The same stream comes back where nothing is new.
 */
export const take = <T extends { readonly number: number }>(
  stream: Stream,
  found: readonly T[],
): { readonly stream: Stream; readonly fresh: readonly T[] } => {
  const awaited = new Set(stream.missing);
  const byNumber = new Map(found.map((one) => [one.number, one]));
  const fresh = [...byNumber.values()]
    .filter(({ number }) => number > stream.taken || awaited.has(number))
    .toSorted((a, b) => a.number - b.number);
  if (fresh.length === 0) return { stream, fresh };
  const taken = Math.max(stream.taken, ...fresh.map(({ number }) => number));
  const passed = Array.from({ length: taken - stream.taken }, (_, index) => stream.taken + index + 1);
  const missing = [...stream.missing, ...passed].filter((number) => !byNumber.has(number));
  return { fresh, stream: { ...stream, taken, missing: missing.slice(-MOST_MISSING) } };
};
