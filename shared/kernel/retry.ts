import { RapportError } from "./errors.ts";

/** Waits a random while of at most so many milliseconds: writers that met once would meet again in step. */
export type Pause = (longestMs: number) => Promise<void>;

/** What an attempt gives when somebody else wrote first. */
export const CONFLICT: unique symbol = Symbol("conflict");

/** The longest pause after a failed attempt (the first is 0): it doubles with each, up to `mostMs`. */
export const backoff = (attempt: number, firstMs: number, mostMs: number): number =>
  Math.min(mostMs, firstMs * 2 ** attempt);

/**
 * Attempts a conditional write until nobody else wrote first. Each conflict means that another got through, so all get
 * on. An attempt reads anew what it writes over; what it throws ends the tries.
 * @param options.message what the caller is told when it goes on too long
 * @param options.between called with the number of the attempt that failed; absent: the next follows at once
 * @throws RapportError `conflict`, to be tried again in a second
 */
export const retryConflicts = async <T>(
  options: {
    readonly tries: number;
    readonly message: string;
    readonly between?: (attempt: number) => Promise<void>;
  },
  attempt: (tries: number) => Promise<T | typeof CONFLICT>,
): Promise<T> => {
  for (let tries = 0; tries < options.tries; tries += 1) {
    const result = await attempt(tries);
    if (result !== CONFLICT) return result;
    await options.between?.(tries);
  }
  throw new RapportError("conflict", options.message, { retryAfter: 1 });
};
