import type { FoundRefusal } from "#domain/contact-policy/mailbox-refusals.ts";
import { fallBackTimer } from "#domain/message/fall-back.ts";
import type { RenderedMessage } from "#domain/message/render/render.ts";
import { isStuck, nextTry } from "#domain/message/retry.ts";
import { type Asked, adviceFor, type Move, reasonName } from "#domain/message/status.ts";
import { sweepAfter } from "#domain/message/sweep.ts";
import type { Message } from "#domain/records/message.ts";
import { MessageRequested } from "#events/message-requested.ts";
import { RapportError } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { PutOff } from "#ports/provider.ts";
import { type Answered, askProviders, slowDown } from "./ask-providers.ts";
import type { SendDependencies } from "./dependencies.ts";
import { giveBackPlace } from "./give-back.ts";
import { notifyBadAddresses, notifyEnded, notifyHeld, notifySent } from "./notify.ts";
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
  /** Whose pace was kept for it. */
  readonly likely: PacedSender<M>;
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
    case "send":
      return context.deps.routing.inTurn(() => send(context, outgoing.rendered));
  }
}

const send = async <M>(context: Context<M>, rendered: RenderedMessage<M>): Promise<void> => {
  const { deps, message, likely } = context;
  const hasTime = (): boolean => hasTimeToCall(context);
  if (!hasTime()) return giveBackUntried(context);
  const [first, ...others] = await deps.routing.for(message, rendered.addresses[0]);
  if (first === undefined) {
    return stop(context, { status: "failed", reason: "no-route: the playbook has none that leads there" });
  }
  await lookAfter(context);
  // One unit was taken before it was known what it says, and who sends it.
  first.rate.charge(first.rate === likely.rate ? rendered.units - 1 : rendered.units);
  return settle(
    context,
    rendered,
    await askProviders({ deps, message, rendered, hasTime }, [first, ...others]),
  );
};

/** Before the call: whoever dies after it leaves somebody who looks what came of it. */
const lookAfter = async <M>({ deps, message }: Context<M>): Promise<void> => {
  const timer = fallBackTimer(message, (await deps.livePlaybook()).brand, deps.clock.now());
  if (timer !== null) await deps.timers.set([timer]);
};

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
  details: Pick<Move, "reason" | "providerMessageId" | "warnings" | "asked"> = {},
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
  why: Pick<Move, "reason" | "advice" | "asked">,
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
    readonly asked?: Asked;
  },
): Promise<void> => {
  const { deps, message } = context;
  const { status, reason, badAddresses = [], refusals, asked } = ending;
  const ended = await record(context, status, { reason, ...(asked === undefined ? {} : { asked }) });
  const metric = status === "rejected" ? METRICS.messagesSuppressed : METRICS.messagesFailed;
  deps.telemetry.count(metric, 1, reasonName(reason));
  deps.telemetry.log.info("message not sent", { messageId: message.messageId, code: status });
  await notifyBadAddresses(deps, message, badAddresses);
  await notifyEnded(deps, message, { status, reason });
  if (ended !== null) await notifyHeld(deps, ended);
  await giveBackPlace(deps, message, refusals);
};

const settle = async <M>(
  context: Context<M>,
  rendered: RenderedMessage<M>,
  { answer, sender, asked }: Answered<M>,
): Promise<void> => {
  const { deps, message } = context;
  switch (answer.result) {
    case "accepted":
      sender.rate.accepted();
      await record(context, "sent", {
        providerMessageId: answer.providerMessageId,
        warnings: rendered.warnings,
        asked,
      });
      deps.telemetry.count(METRICS.messagesSent);
      logLeftOut(context, rendered);
      await notifyBadAddresses(deps, message, answer.invalidAddresses ?? []);
      return notifySent(deps, message);
    case "refused":
      return stop(context, {
        status: "failed",
        reason: answer.reason,
        badAddresses: answer.address === undefined ? [] : rendered.addresses,
        asked,
      });
    case "later":
      slowDown(sender, answer);
      return tryAgain(context, { ...answer, asked });
    case "unknown":
      if (message.lane === "transactional") return tryAgain(context, { ...answer, retryAfterMs: 0, asked });
      await record(context, "uncertain", { reason: answer.reason, asked });
      deps.telemetry.count(METRICS.messagesFailed, 1, "uncertain");
      return notifyEnded(deps, message, { status: "uncertain" });
  }
};

/** Which links, and of which host, the message's own record says: they are somebody's data. */
const logLeftOut = <M>({ deps, message }: Context<M>, { warnings }: RenderedMessage<M>): void => {
  if (warnings.length === 0) return;
  const { messageId } = message;
  deps.telemetry.log.warn("links left out of a message", { messageId, count: warnings.length });
};

/** Why an attempt ended without an end, and whom it asked. */
type Failure = Omit<PutOff, "result"> & { readonly asked: Asked };

/** Back to `requested`, until the deadline; then `failed` with the last reason. */
const tryAgain = async <M>(context: Context<M>, failure: Failure): Promise<void> => {
  const { deps, message } = context;
  const { reason, advice, asked } = failure;
  const now = deps.clock.now();
  const next = nextTry(message, failure, now);
  if (next.next === "give-up") return stop(context, { status: "failed", reason: next.reason, asked });
  countPutOff(context, failure);
  // Each try lengthens the history, so advice is said once while its reason goes on.
  const isNew = advice !== undefined && advice !== adviceFor(message.history, reason);
  const due = now + next.inMs;
  await putOff(context, due, { reason, ...(isNew ? { advice } : {}), asked });
  if (message.attempts > ATTEMPTS_BY_QUEUE || next.inMs > LONGEST_QUEUE_WAIT_MS) {
    return askAgainAt(context, due);
  }
  throw new RapportError("unavailable", `to be sent again: ${failure.reason}`, {
    retryAfter: Math.ceil(next.inMs / 1_000),
  });
};

/** Nobody fails in silence: each try that was put off is a line in the log and counts, for an alarm where we must act. */
const countPutOff = <M>({ deps, message }: Context<M>, { reason, advice, asked }: Failure): void => {
  const { log, count } = deps.telemetry;
  const split = { reason: reasonName(reason), provider: asked.provider };
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
