import type { Message } from "./types.ts";

const SECOND_MS = 1_000;
/** Somebody waits for a transactional message; a newsletter may rest. */
const LONGEST_WAIT_MS = { transactional: 60 * SECOND_MS, bulk: 15 * 60 * SECOND_MS } as const;

/** What becomes of a message that did not go out this time. */
export type NextTry =
  | { readonly next: "retry"; readonly inMs: number }
  | { readonly next: "give-up"; readonly reason: string };

/**
 * Back-off by the attempts made: 1, 2, 4 ... s, at least what the provider asked for. The message's own deadline ends
 * it, never a number of attempts (invariant 8).
 * @param now milliseconds since the epoch
 */
export function nextTry(
  message: Pick<Message, "attempts" | "lane" | "deadline">,
  failure: { readonly reason: string; readonly retryAfterMs: number },
  now: number,
): NextTry {
  const backOff = SECOND_MS * 2 ** Math.min(20, Math.max(0, message.attempts - 1));
  const inMs = Math.max(failure.retryAfterMs, Math.min(LONGEST_WAIT_MS[message.lane], backOff));
  return now + inMs >= Date.parse(message.deadline)
    ? { next: "give-up", reason: failure.reason }
    : { next: "retry", inMs };
}
