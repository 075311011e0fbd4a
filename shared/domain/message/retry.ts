import type { Message } from "../records/message.ts";

const SECOND_MS = 1_000;
/** The longest pause between attempts: people wait for a transactional message, not for a newsletter. */
const LONGEST_WAIT_MS = { transactional: 60 * SECOND_MS, bulk: 15 * 60 * SECOND_MS } as const;
/**
 * After so many attempts (half an hour) pauses get longer: nobody is waiting at the screen any more. Each attempt lengthens
 * the message's history; one a minute for a day would make an item of 200 KB, and every write is billed by the whole item.
 */
const PATIENT_AFTER_ATTEMPTS = 30;
const PATIENT_WAIT_MS = 10 * 60 * SECOND_MS;

/**
 * So many attempts take two minutes for what somebody waits for, most of an hour for what may rest: by then the provider's
 * trouble does not pass by itself.
 */
const STUCK_AFTER_ATTEMPTS = { transactional: 8, bulk: 12 } as const;

/** Whether a message was put off so often that a person should know. */
export const isStuck = ({ attempts, lane }: Pick<Message, "attempts" | "lane">): boolean =>
  attempts > STUCK_AFTER_ATTEMPTS[lane];

/** What to do with a message that did not go out this time. */
export type NextTry =
  | { readonly next: "retry"; readonly inMs: number }
  | { readonly next: "give-up"; readonly reason: string };

/**
 * Back-off by the attempts made: 1, 2, 4 ... s up to the lane's longest wait, then patiently; at least what the
 * provider asked for. The message's own deadline ends it, never a number of attempts (invariant 8).
 * @param now milliseconds since the epoch
 */
export function nextTry(
  message: Pick<Message, "attempts" | "lane" | "deadline">,
  failure: { readonly reason: string; readonly retryAfterMs: number },
  now: number,
): NextTry {
  const backOff = SECOND_MS * 2 ** Math.min(20, Math.max(0, message.attempts - 1));
  const longest =
    message.attempts > PATIENT_AFTER_ATTEMPTS
      ? Math.max(PATIENT_WAIT_MS, LONGEST_WAIT_MS[message.lane])
      : LONGEST_WAIT_MS[message.lane];
  const inMs = Math.max(failure.retryAfterMs, Math.min(longest, backOff));
  return now + inMs >= Date.parse(message.deadline)
    ? { next: "give-up", reason: failure.reason }
    : { next: "retry", inMs };
}
