import { BOUNDS } from "#kernel/bounds.ts";

const { chatBurst: BURST, chatEveryMs: EVERY_MS } = BOUNDS;

/**
 * Whether one more may be written in a chat now: several at once, then one every few seconds (the generic cell rate algorithm).
 * Times are milliseconds since the epoch.
 * @param spokenFor up to when places are taken by what was written before
 * @returns up to when they are taken with this one; or in how many milliseconds there is a place
 */
export const takePlace = (
  spokenFor: number,
  now: number,
): { readonly spokenFor: number } | { readonly waitMs: number } => {
  const from = Math.max(spokenFor, now);
  const waitMs = from - (now + (BURST - 1) * EVERY_MS);
  return waitMs > 0 ? { waitMs } : { spokenFor: from + EVERY_MS };
};
