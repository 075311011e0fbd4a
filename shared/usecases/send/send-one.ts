import { latestReason } from "#domain/message/status.ts";
import { sweepAfter } from "#domain/message/sweep.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Message } from "#domain/records/message.ts";
import type { MessageRequested } from "#events/message-requested.ts";
import { RapportError } from "#kernel/errors.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { SendDependencies } from "./dependencies.ts";
import { dispatch, TO_RECORD_MS } from "./dispatch.ts";
import { giveBackPlace } from "./give-back.ts";
import { notifyEnded, notifyHeld, notifySent } from "./notify.ts";
import { outgoingMessage } from "./outgoing.ts";
import { LONGEST_CALL_MS } from "./senders.ts";

/** Between claim and call a message is checked, rendered, and waits for its turn. */
const TO_CALL_MS = 3_000;
/** No call begins that could last longer than its claim. So a claim is short: the message of a sender that died goes on soon. */
const CLAIM_MS = TO_CALL_MS + LONGEST_CALL_MS + TO_RECORD_MS;

const iso = (time: number): string => new Date(time).toISOString();

/**
 * Sends one message: claim -> send -> record (invariant 8). Transactional messages go out at least once, and twice only
 * where a crash or a lost answer fell between the provider and the record. Marketing goes out at most once: whoever dies
 * between claim and record leaves a message that nobody sends again, and that becomes `uncertain`.
 * At most three requests before the provider's: claim, customer, suppressions; and every 5 s one for the live version.
 * @throws RapportError `rate_limited` or `unavailable` when the same request is to be tried again in seconds
 */
export async function sendOne<M>(deps: SendDependencies<M>, requested: MessageRequested): Promise<void> {
  let loading: ReturnType<typeof deps.customers.load> | undefined;
  const load = (): Promise<CustomerRecord | null> => {
    loading ??= deps.customers.load(requested.customerId);
    return loading;
  };
  const likely = await deps.routing.likely(requested, async () => firstAddress(await load(), deps.channel));
  if (requested.lane === "bulk") {
    const from = deps.clock.now();
    await likely.rate.take();
    // What the profile says of consent is read anew after a wait.
    if (deps.clock.now() > from) loading = undefined;
  }
  // It is awaited once the message is claimed; should the claim fail first, its own failure must not go unhandled.
  load().catch(() => undefined);
  const message = await claim(deps, requested);
  if (message === null) return;
  const outgoing = await outgoingMessage(deps, message, load()).catch((error: unknown) =>
    giveBack(deps, message, error),
  );
  await dispatch({ deps, likely, requested, message }, outgoing);
}

const firstAddress = (record: CustomerRecord | null, channel: string): string | undefined =>
  record?.state.addresses.find((address) => address.channel === channel)?.value;

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
  if (["sent", "delivered", "read"].includes(message.status)) return notifySent(deps, message);
  if (message.status === "rejected" || message.status === "failed") {
    await notifyEnded(deps, message, { status: message.status, ...latestReason(message.history) });
    await notifyHeld(deps, message);
    return giveBackPlace(deps, message);
  }
  if (message.status === "uncertain") return notifyEnded(deps, message, { status: "uncertain" });
  if (message.status !== "sending") return;
  const isHeld = message.claimedUntil !== undefined && message.claimedUntil >= now;
  if (isHeld || message.lane === "transactional") {
    const heldMs = Math.max(0, Date.parse(message.claimedUntil ?? now) - Date.parse(now));
    const retryAfter = 1 + Math.floor(heldMs / 1_000);
    throw new RapportError("unavailable", "another sender holds the message", { retryAfter });
  }
  await deps.messages.record(message.messageId, {
    status: "uncertain",
    at: now,
    reason: "the sender stopped between claim and record",
  });
  deps.telemetry.count(METRICS.messagesFailed, 1, "uncertain");
  await notifyEnded(deps, message, { status: "uncertain" });
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
