import type { FoundRefusal } from "#domain/contact-policy/mailbox-refusals.ts";
import type { RenderedMessage } from "#domain/message/render/render.ts";
import { isStuck, nextTry } from "#domain/message/retry.ts";
import { adviceFor, type Move, reasonName } from "#domain/message/status.ts";
import { sweepAfter } from "#domain/message/sweep.ts";
import type { Message } from "#domain/records/message.ts";
import { MessageRequested } from "#events/message-requested.ts";
import { RapportError } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { PutOff, SendResult } from "#ports/provider.ts";
import type { SendDependencies } from "./dependencies.ts";
import { giveBackPlace } from "./give-back.ts";
import { notifyBadAddresses, notifyEnded, notifySent } from "./notify.ts";
import type { Outgoing } from "./outgoing.ts";
import { LONGEST_CALL_MS, type PacedSender } from "./senders.ts";

/** After so many attempts a timer asks again: the queue counts receives, and its count must never end a message. */
const ATTEMPTS_BY_QUEUE = 8;
/** Within so long of its end a call is recorded. */
export const TO_RECORD_MS = 2_000;
/** What is further away than this waits in the timer table, not in the queue. */
const LONGEST_QUEUE_WAIT_MS = 60_000;

type Context<M> = {
  readonly deps: SendDependencies<M>;
  readonly sender: PacedSender<M>;
  readonly requested: MessageRequested;
  readonly message: Message;
};

/** Sends, holds or stops a claimed message, and records what came of it. */
export async function dispatch<M>(context: Context<M>, outgoing: Outgoing<M>): Promise<void> {
  switch (outgoing.verdict) {
    case "stop":
      return stop(context, outgoing);
    case "hold":
      await putOff(context, outgoing.until, { reason: outgoing.reason });
      return askAgainAt(context, outgoing.until);
    case "send": {
      const { rendered } = outgoing;
      // One unit was taken before the text was known.
      context.sender.rate.charge(rendered.units - 1);
      return context.sender.inTurn(async () => {
        if (!hasTimeToCall(context)) return giveBackUntried(context);
        const result = await callProvider(context, rendered);
        return result === null ? undefined : settle(context, rendered, result);
      });
    }
  }
}

/** A call must have ended before another may claim the message. */
const hasTimeToCall = <M>({ deps, message }: Context<M>): boolean =>
  deps.clock.now() + LONGEST_CALL_MS + TO_RECORD_MS <= Date.parse(message.claimedUntil ?? "");

const giveBackUntried = async <M>(context: Context<M>): Promise<never> => {
  const reason = "not tried: its turn came too late";
  await putOff(context, context.deps.clock.now(), { reason });
  throw new RapportError("unavailable", reason, { retryAfter: 1 });
};

type Ended = Exclude<Move["status"], "requested">;
/** It will not leave. */
type Stopped = Extract<Ended, "failed" | "rejected">;

const record = <M>(
  { deps, message }: Context<M>,
  status: Ended,
  details: Pick<Move, "reason" | "providerMessageId" | "warnings"> = {},
): Promise<Message | null> =>
  deps.messages.record(message.messageId, {
    status,
    at: new Date(deps.clock.now()).toISOString(),
    ...details,
  });

/** Whoever asks again at `due` (milliseconds since the epoch) may get lost as well: then the sweep asks. */
const putOff = <M>(
  { deps, message }: Context<M>,
  due: number,
  why: Pick<Move, "reason" | "advice">,
): Promise<Message | null> =>
  deps.messages.record(message.messageId, {
    status: "requested",
    at: new Date(deps.clock.now()).toISOString(),
    ...why,
    sweepAt: sweepAfter(message, due),
  });

/** Its place is given back last: whoever fails there comes again for that alone. */
const stop = async <M>(
  context: Context<M>,
  ending: {
    readonly status: Stopped;
    readonly reason: string;
    readonly badAddresses?: readonly string[];
    readonly refusals?: readonly FoundRefusal[];
  },
): Promise<void> => {
  const { deps, message } = context;
  const { status, reason, badAddresses = [], refusals } = ending;
  await record(context, status, { reason });
  const metric = status === "rejected" ? METRICS.messagesSuppressed : METRICS.messagesFailed;
  deps.telemetry.count(metric, 1, reasonName(reason));
  deps.telemetry.log.info("message not sent", { messageId: message.messageId, code: status });
  await notifyBadAddresses(deps, message, badAddresses);
  await notifyEnded(deps, message, { status, reason });
  await giveBackPlace(deps, message, refusals);
};

/** The provider's answer; null when none came and everything that can be done about it is done. */
const callProvider = async <M>(
  context: Context<M>,
  rendered: RenderedMessage<M>,
): Promise<SendResult | null> => {
  const { deps, sender, message } = context;
  try {
    const { messageId, lane, deadline } = message;
    return await sender.send(rendered.message, { messageId, lane, deadline });
  } catch (error) {
    const reason = `unknown whether sent: ${error instanceof Error ? error.name : "error"}`;
    deps.telemetry.log.error("the provider's answer is missing", error, { messageId: message.messageId });
    if (message.lane === "transactional") {
      await tryAgain(context, { reason, retryAfterMs: 0 });
      return null;
    }
    await record(context, "uncertain", { reason });
    deps.telemetry.count(METRICS.messagesFailed, 1, "uncertain");
    await notifyEnded(deps, message, { status: "uncertain" });
    return null;
  }
};

const settle = async <M>(
  context: Context<M>,
  rendered: RenderedMessage<M>,
  result: SendResult,
): Promise<void> => {
  const { deps, sender, message } = context;
  switch (result.result) {
    case "accepted":
      sender.rate.accepted();
      await record(context, "sent", {
        providerMessageId: result.providerMessageId,
        warnings: rendered.warnings,
      });
      deps.telemetry.count(METRICS.messagesSent);
      logLeftOut(context, rendered);
      await notifyBadAddresses(deps, message, result.invalidAddresses ?? []);
      return notifySent(deps, message);
    case "refused":
      return stop(context, {
        status: "failed",
        reason: result.reason,
        badAddresses: result.address === undefined ? [] : rendered.addresses,
      });
    case "later":
      sender.rate.throttled();
      return tryAgain(context, result);
  }
};

/** Which links, and of which host, the message's own record says: they are somebody's data. */
const logLeftOut = <M>({ deps, message }: Context<M>, { warnings }: RenderedMessage<M>): void => {
  if (warnings.length === 0) return;
  const { messageId } = message;
  deps.telemetry.log.warn("links left out of a message", { messageId, count: warnings.length });
};

/** Back to `requested`, until the deadline; then `failed` with the last reason. */
const tryAgain = async <M>(context: Context<M>, failure: Omit<PutOff, "result">): Promise<void> => {
  const { deps, message } = context;
  const { reason, advice } = failure;
  const now = deps.clock.now();
  const next = nextTry(message, failure, now);
  if (next.next === "give-up") return stop(context, { status: "failed", reason: next.reason });
  countPutOff(context, failure);
  // Each try lengthens the history, so advice is said once while its reason goes on.
  const isNew = advice !== undefined && advice !== adviceFor(message.history, reason);
  const due = now + next.inMs;
  await putOff(context, due, { reason, ...(isNew ? { advice } : {}) });
  if (message.attempts > ATTEMPTS_BY_QUEUE || next.inMs > LONGEST_QUEUE_WAIT_MS) {
    return askAgainAt(context, due);
  }
  throw new RapportError("unavailable", `to be sent again: ${failure.reason}`, {
    retryAfter: Math.ceil(next.inMs / 1_000),
  });
};

/** Nobody fails in silence: each try that was put off is a line in the log and counts, for an alarm where we must act. */
const countPutOff = <M>(
  { deps, sender, message }: Context<M>,
  { reason, advice }: Pick<PutOff, "reason" | "advice">,
): void => {
  const { log, count } = deps.telemetry;
  const split = { reason: reasonName(reason), provider: sender.provider };
  log.warn("message put off", {
    messageId: message.messageId,
    code: split.reason,
    attempt: message.attempts,
  });
  count(METRICS.messagesPutOff, 1, split);
  if (advice !== undefined || isStuck(message)) count(METRICS.messagesStuck, 1, split);
};

/** @param due milliseconds since the epoch */
const askAgainAt = async <M>({ deps, requested, message }: Context<M>, due: number): Promise<void> => {
  const attempt = String(message.attempts);
  const detail: MessageRequested = { ...requested, attempt: requested.attempt + 1 };
  await deps.timers.set([
    {
      id: hashId("tmr", message.messageId, attempt),
      due: new Date(due).toISOString(),
      event: { id: hashId("mrq", message.messageId, attempt), name: MessageRequested.name, detail },
    },
  ]);
};
