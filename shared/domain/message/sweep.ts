import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import type { Lane, Message } from "../records/message.ts";
import type { Move } from "./status.ts";

/**
 * How long past the moment when a message should have moved by itself the sweep leaves it alone. A request that lies in
 * a busy queue is not lost, and telling it again would only make the queue longer: a campaign may lie there for a while.
 */
const PATIENCE_MS: Readonly<Record<Lane, number>> = {
  transactional: 3 * MINUTE_MS,
  bulk: HOUR_MS,
};
/** Between two times that the same message is asked for again, at most. */
const LONGEST_WAIT_MS = 6 * HOUR_MS;

/** A sender that works ends a message at its deadline itself. */
const END_AFTER_MS = 3 * MINUTE_MS;

/** Why a message ended that nobody took in time, as its history says it. */
const NEVER_TAKEN = "deadline: nobody took it in time";

/** When the sweep looks after a message that should move by itself at `expected` (milliseconds since the epoch). */
export const sweepAfter = ({ lane }: Pick<Message, "lane">, expected: number): string =>
  new Date(expected + PATIENCE_MS[lane]).toISOString();

/** What is to be done about a message whose time to be looked after has come. */
export type Swept =
  /** It is under way, or was not due yet: look again then. */
  | { readonly verdict: "wait"; readonly sweepAt: string }
  /** Its request got lost, or its sender did: the sender is asked again, and if that is lost too, once more later. */
  | { readonly verdict: "tell"; readonly sweepAt: string }
  /** Its time is over. */
  | { readonly verdict: "end"; readonly move: Move }
  /** It has ended; what it held may not have been given back. */
  | { readonly verdict: "forget" };

/**
 * Judges a message by its status and its times. A transactional message whose sender died is asked for again (at least
 * once), any other is `uncertain` (at most once, invariant 8).
 * @param now milliseconds since the epoch
 */
export function sweep(message: Message, now: number): Swept {
  const { status, deadline, lane, claimedUntil, createdAt } = message;
  if (status !== "requested" && status !== "sending") return { verdict: "forget" };
  const at = new Date(now).toISOString();
  if (status === "sending") {
    if (claimedUntil !== undefined && claimedUntil >= at) {
      return { verdict: "wait", sweepAt: sweepAfter(message, Date.parse(claimedUntil)) };
    }
    if (lane === "bulk" || deadline <= at) {
      return end(message, { status: "uncertain", at, reason: "the sender stopped between claim and record" });
    }
  }
  if (deadline <= at) return end(message, { status: "failed", at, reason: NEVER_TAKEN });
  const due = Date.parse(message.sendAt ?? createdAt);
  if (due > now) return { verdict: "wait", sweepAt: sweepAfter(message, due) };
  const wait = Math.min(LONGEST_WAIT_MS, Math.max(PATIENCE_MS[lane], now - due)) + PATIENCE_MS[lane];
  const next = Math.min(now + wait, Date.parse(deadline) + END_AFTER_MS);
  return { verdict: "tell", sweepAt: new Date(next).toISOString() };
}

/** It stays in the sweep until what it held is given back; a sender that took it meanwhile is not disturbed. */
const end = (
  message: Message,
  move: Pick<Move, "at" | "reason"> & { status: "failed" | "uncertain" },
): Swept => ({
  verdict: "end",
  move: { ...move, unlessHeldAt: move.at, sweepAt: sweepAfter(message, Date.parse(move.at)) },
});
