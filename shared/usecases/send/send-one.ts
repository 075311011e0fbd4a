import { sweepAfter } from "#domain/message/sweep.ts";
import type { Message } from "#domain/records/message.ts";
import type { MessageRequested } from "#events/message-requested.ts";
import { RapportError } from "#kernel/errors.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { SendDependencies } from "./dependencies.ts";
import { dispatch } from "./dispatch.ts";
import { giveBackPlace } from "./give-back.ts";
import { notifySent } from "./notify.ts";
import { outgoingMessage } from "./outgoing.ts";

/**
 * Longer than an invocation lives (30 s), shorter than the queue hides a message (90 s): when the record of a sender
 * that died comes back, its claim has just run out.
 */
const CLAIM_MS = 60_000;

const iso = (time: number): string => new Date(time).toISOString();

/**
 * Sends one message: claim -> send -> record (invariant 8). Transactional messages go out at least once, and twice only
 * where a crash or a lost answer fell between the provider and the record. Marketing goes out at most once: whoever dies
 * between claim and record leaves a message that nobody sends again, and that becomes `uncertain`.
 * At most three requests before the provider's: claim, customer, suppressions; and every 5 s one for the live version.
 * @throws RapportError `rate_limited` or `unavailable` when the same request is to be tried again in seconds
 */
export async function sendOne<M>(deps: SendDependencies<M>, requested: MessageRequested): Promise<void> {
  const sender = await deps.sender();
  if (requested.lane === "bulk") await sender.rate.take();
  const loading = deps.customers.load(requested.customerId);
  // It is awaited once the message is claimed; should the claim fail first, its own failure must not go unhandled.
  loading.catch(() => undefined);
  const message = await claim(deps, requested);
  if (message === null) return;
  const outgoing = await outgoingMessage(deps, message, loading).catch((error: unknown) =>
    giveBack(deps, message, error),
  );
  await dispatch({ deps, sender, requested, message }, outgoing);
}

const claim = async <M>(deps: SendDependencies<M>, requested: MessageRequested): Promise<Message | null> => {
  const now = deps.clock.now();
  const claimed = await deps.messages.claim(requested.messageId, {
    now: iso(now),
    until: iso(now + CLAIM_MS),
    reclaim: requested.lane === "transactional" ? "after-expiry" : "never",
  });
  // The message is committed before it is asked for: it can only have been erased since.
  if (claimed.result === "missing") return null;
  if (claimed.result === "claimed") return claimed.message;
  await settleTaken(deps, claimed.message, iso(now));
  return null;
};

/** Somebody had the message before us: a duplicate of the request, or a sender that died with it. */
const settleTaken = async <M>(deps: SendDependencies<M>, message: Message, now: string): Promise<void> => {
  if (message.status === "sent" || message.status === "delivered") return notifySent(deps, message);
  if (message.status === "rejected" || message.status === "failed") return giveBackPlace(deps, message);
  if (message.status !== "sending") return;
  const isHeld = message.claimedUntil !== undefined && message.claimedUntil >= now;
  if (isHeld || message.lane === "transactional") {
    throw new RapportError("unavailable", "another sender holds the message", { retryAfter: 1 });
  }
  await deps.messages.record(message.messageId, {
    status: "uncertain",
    at: now,
    reason: "the sender stopped between claim and record",
  });
  deps.telemetry.count(METRICS.messagesFailed, 1, "uncertain");
};

/** Nothing was sent, and it is known: the claim is given back, so that trying again is safe for marketing too. */
const giveBack = async <M>(deps: SendDependencies<M>, message: Message, error: unknown): Promise<never> => {
  const now = deps.clock.now();
  await deps.messages.record(message.messageId, {
    status: "requested",
    at: iso(now),
    reason: "not tried: a store did not answer",
    sweepAt: sweepAfter(message, now),
  });
  throw error;
};
