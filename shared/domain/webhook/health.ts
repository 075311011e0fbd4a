import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "#kernel/time.ts";

/** What is known of a system that is told of events, while something is wrong with it. Nothing known: it answers. */
export type ReceiverHealth = {
  /** Calls in a row that were not taken. */
  readonly failures: number;
  /** When the first of them was, ISO-8601 UTC. */
  readonly failingSince?: string;
  readonly lastFailureAt?: string;
  /** Why the last of them was not taken: `status 500`, `no answer`. */
  readonly reason?: string;
  /** It answers, and takes its time: until then it is called on the lane of the patient. */
  readonly slowUntil?: string;
  /** It is told nothing any more. */
  readonly disabledAt?: string;
};

export type ReceiverState = "ok" | "slow" | "failing" | "disabled";

/** From so many failures in a row on a system is left alone for a while. */
const FAILING = 3;
/** So long nothing may be taken before it is told nothing any more. */
const DISABLED_AFTER_MS = DAY_MS;
const LONGEST_REST_MS = 15 * MINUTE_MS;
/** An answer that takes longer is waited for on the lane of the patient alone. */
export const SLOW_MS = 2_500;
/** So long who was slow counts as slow. */
export const SLOW_FOR_MS = 10 * MINUTE_MS;

export const receiverState = (health: ReceiverHealth | undefined, now: number): ReceiverState => {
  if (health === undefined) return "ok";
  if (health.disabledAt !== undefined) return "disabled";
  if (health.failures >= FAILING) return "failing";
  return Date.parse(health.slowUntil ?? "") > now ? "slow" : "ok";
};

/** Until when a failing system is not called: longer with each failure. 0: it may be. */
export const restsUntil = ({ failures, lastFailureAt }: ReceiverHealth): number => {
  if (failures < FAILING || lastFailureAt === undefined) return 0;
  const rest = Math.min(LONGEST_REST_MS, 10 * SECOND_MS * 2 ** (failures - FAILING));
  return Date.parse(lastFailureAt) + rest;
};

/** Whether a system has taken nothing for so long that nobody should go on. */
export const isGivenUp = ({ failures, failingSince }: ReceiverHealth, now: number): boolean =>
  failures > FAILING && failingSince !== undefined && now - Date.parse(failingSince) >= DISABLED_AFTER_MS;

/** Waits before each further call: together a day, all but an hour and a half. */
const WAITS_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS];

/**
 * When to call again; null: never. Up to a tenth later than the step says, by the delivery's own id: what failed together
 * does not come back together.
 * @param attempt calls made so far, at least 1
 * @param retryAfter seconds that the system asks for
 */
export const nextCallAt = (
  { id, attempt, now }: { readonly id: string; readonly attempt: number; readonly now: number },
  retryAfter = 0,
): number | null => {
  const wait = WAITS_MS[attempt - 1];
  if (wait === undefined) return null;
  const spread = (Number.parseInt(id.replace(/\D/g, "").slice(-4) || "0", 10) % 100) / 1_000;
  return now + Math.max(Math.round(wait * (1 + spread)), Math.min(retryAfter * SECOND_MS, HOUR_MS));
};
