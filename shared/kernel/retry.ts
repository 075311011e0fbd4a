import { RapportError } from "./errors.ts";

/** Waits a random while of at most so many milliseconds: writers that met once would meet again in step. */
export type Pause = (longestMs: number) => Promise<void>;

/** What an attempt gives when somebody else wrote first. */
export const CONFLICT: unique symbol = Symbol("conflict");
export type Conflict = typeof CONFLICT;

/** The longest pause after a failed attempt (the first is 0): it doubles with each, up to `mostMs`. */
export const backoff = (attempt: number, firstMs: number, mostMs: number): number =>
  Math.min(mostMs, firstMs * 2 ** attempt);

type Options = {
  readonly tries: number;
  /** Called with the number of the attempt that failed; absent: the next follows at once. */
  readonly between?: (attempt: number) => Promise<void>;
};

/**
 * Attempts a conditional write until nobody else wrote first. Each conflict means that another got through, so all get
 * on. An attempt reads anew what it writes over; what it throws ends the tries. Gives the last conflict when it goes on
 * too long.
 */
export const retry = async <T>(
  { tries, between }: Options,
  attempt: (number: number) => Promise<T | Conflict>,
): Promise<T | Conflict> => {
  for (let number = 0; number < tries; number += 1) {
    const result = await attempt(number);
    if (result !== CONFLICT) return result;
    await between?.(number);
  }
  return CONFLICT;
};

/**
 * As `retry`, for those whose caller is to try again later.
 * @param options.message what the caller reads
 * @throws RapportError `conflict` when it goes on too long
 */
export const retryConflicts = async <T>(
  options: Options & { readonly message: string },
  attempt: (number: number) => Promise<T | Conflict>,
): Promise<T> => {
  const result = await retry(options, attempt);
  if (result === CONFLICT) throw new RapportError("conflict", options.message, { retryAfter: 1 });
  return result;
};
