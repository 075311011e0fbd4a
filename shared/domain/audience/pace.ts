import { SECOND_MS } from "#kernel/time.ts";
import type { Job } from "./job.ts";

/** A slice works so long for its share of a rate, then rests until the next stretch begins. */
const STRETCH_MS = 10 * SECOND_MS;

/** Customers that a slice may look at in one stretch, and how long that lasts. Null: no rate was asked for. */
export const stretchOf = ({
  rate,
  slices,
}: Pick<Job, "rate" | "slices">): { readonly customers: number; readonly ms: number } | null => {
  if (rate === undefined) return null;
  const each = rate / slices;
  // Of a rate so low that a stretch has not one, it takes as long as one needs.
  const ms = Math.max(STRETCH_MS, Math.ceil(SECOND_MS / each));
  return { customers: Math.max(1, Math.floor((each * ms) / SECOND_MS)), ms };
};
