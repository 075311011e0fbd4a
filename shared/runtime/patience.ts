import { RapportError } from "#kernel/errors.ts";

/**
 * So often SQS hands a message over (the most that a redrive policy takes) before it moves it to the dead-letter queue, and
 * says no reason. A worker gives up before that, and says why.
 */
export const MOST_RECEIVES = 1_000;
/** What may pass is tried until so many receives: with a minute between them, more than half a day. */
export const RECEIVES_TO_PASS = MOST_RECEIVES - 10;
/** What nobody foresaw is tried so often, for a quarter of a minute: it may have been a slip of that moment. */
export const TRIES_OF_UNFORESEEN = 5;
/** A message that was received so often, and came back sooner than the worker ever asked for, ends its workers. */
const RECEIVES_OF_DEADLY = 20;
/** From here on a worker says beforehand when it will be over: whoever ends it comes back by then. */
export const RECEIVES_OF_SUSPECT = TRIES_OF_UNFORESEEN + 1;
const MAX_BACKOFF_SECONDS = 60;

/** 1, 2, 4 ... 60 s: seconds, so that a group is never held for long (invariant 1). */
const backoffSeconds = (receiveCount: number): number =>
  Math.min(MAX_BACKOFF_SECONDS, 2 ** Math.max(0, receiveCount - 1));

/** The same, but not before the failure itself says that another try may help. */
export const waitSeconds = (receiveCount: number, retryAfter = 0): number =>
  Math.min(MAX_BACKOFF_SECONDS, Math.max(backoffSeconds(receiveCount), retryAfter));

/** Whether a message that failed so, received so often, is given up: another try will not help. */
export const isGivenUp = (error: RapportError, receiveCount: number, mostReceives: number): boolean => {
  if (!error.transient) return true;
  return (
    receiveCount >= Math.min(mostReceives, error.code === "internal" ? TRIES_OF_UNFORESEEN : mostReceives)
  );
};

/** Shortest time in which a worker that is alive is handed the same message so often. */
const leastMs = (receiveCount: number): number => {
  const waits = Array.from({ length: receiveCount - 1 }, (_, index) => backoffSeconds(index + 1));
  return 1_000 * waits.reduce((sum, seconds) => sum + seconds, 0);
};

type Story = { readonly receiveCount: number; readonly mostReceives: number; readonly age: number };

/**
 * Throws when a message is known to end every worker that takes it: it comes back each time that a worker's time with it
 * is over, and no worker has put it off or given it up. What no worker was free to take comes back later, when the queue's
 * own visibility timeout is over: a minute at least, as long as the longest wait that a worker asks for.
 * @param story.age milliseconds since it was first received
 */
export const refuseDeadly = ({ receiveCount, mostReceives, age }: Story): void => {
  const isDeadly = receiveCount >= RECEIVES_OF_DEADLY && age < leastMs(receiveCount);
  if (!isDeadly && receiveCount <= mostReceives) return;
  const cause = Object.assign(new Error("no worker came to an end with it"), { name: "WorkerDied" });
  throw new RapportError("poison_event", cause.message, { cause });
};
