import { UNKNOWN } from "#domain/message/asked.ts";
import type { RenderedMessage } from "#domain/message/render/render.ts";
import type { Asked } from "#domain/message/status.ts";
import type { Message, Try } from "#domain/records/message.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { PutOff, SendResult } from "#ports/provider.ts";
import type { SendDependencies } from "./dependencies.ts";
import type { PacedSender } from "./senders.ts";

/** What came of asking for a message: the last answer, from whom, and whom that makes the attempt's. */
export type Answered<M> = {
  readonly answer: Answer;
  readonly sender: PacedSender<M>;
  readonly asked: Asked;
};

/** `unknown`: none came, so that nobody knows whether it was sent. */
export type Answer = SendResult | { readonly result: "unknown"; readonly reason: string };

type Asking<M> = {
  readonly deps: Pick<SendDependencies<M>, "routing" | "telemetry" | "clock">;
  readonly message: Message;
  readonly rendered: RenderedMessage<M>;
  /** Whether a call that begins now ends before another may claim the message. */
  readonly hasTime: () => boolean;
};

const DAILY_QUOTA = "daily quota";
/** A provider that counts the last 24 hours lets go of some of them all the time. */
const UNTIL_SOME_IS_FREE_MS = 15 * MINUTE_MS;

/** Marketing waits for another day, or goes by another route, where its sender may send no more; never what somebody waits for. */
const heldForToday = async <M>(
  { message: { lane }, rendered }: Asking<M>,
  { rate, quota }: PacedSender<M>,
): Promise<PutOff | null> => {
  const asProviderCounts = lane === "bulk" && rate.isDayUsedUp() ? UNTIL_SOME_IS_FREE_MS : 0;
  const retryAfterMs = asProviderCounts || ((await quota?.take(lane, rendered.units)) ?? 0);
  return retryAfterMs === 0 ? null : { result: "later", reason: DAILY_QUOTA, retryAfterMs };
};

const withSender = <M>(message: M, from: string | undefined): M =>
  from === undefined ? message : { ...message, from };

/** One call, and never again: whether a message may go out twice is said here, not by whoever carries it. */
const call = async <M>(asking: Asking<M>, sender: PacedSender<M>): Promise<Answer> => {
  const held = await heldForToday(asking, sender);
  if (held !== null) return held;
  const { deps, message, rendered } = asking;
  const { messageId, lane, deadline } = message;
  try {
    return await sender.send(withSender(rendered.message, sender.from), { messageId, lane, deadline });
  } catch (error) {
    deps.telemetry.log.error("the provider's answer is missing", error, { messageId });
    return { result: "unknown", reason: `${UNKNOWN}: ${error instanceof Error ? error.name : "error"}` };
  }
};

/**
 * Whether the next may be asked: only when it is known that nobody has the message, or where the playbook takes the risk for
 * what is transactional. Who is throttled is asked again, in its own time.
 */
const goesOn = async <M>({ deps, message }: Asking<M>, answer: Answer): Promise<boolean> => {
  if (answer.result === "later") return answer.reason !== "throttled";
  if (answer.result !== "unknown" || message.lane !== "transactional") return false;
  return deps.routing.resendsUncertain();
};

/** Of several that put a message off, the one that takes it soonest says when it is asked for again. */
const sooner = (one: PutOff, other: Answer): Answer =>
  other.result === "later" && one.retryAfterMs < other.retryAfterMs ? one : other;

/** What a provider does not take now slows the lane down. A quota of our own says nothing of its pace. */
export const slowDown = <M>({ rate }: PacedSender<M>, { reason }: PutOff): void => {
  if (reason !== DAILY_QUOTA) rate.throttled();
};

/** Asks the senders one after the other until one takes the message, or refuses it, or may have it. */
export async function askProviders<M>(
  asking: Asking<M>,
  senders: readonly [PacedSender<M>, ...(readonly PacedSender<M>[])],
): Promise<Answered<M>> {
  const { clock } = asking.deps;
  const tries: Try[] = [];
  let soonest: PutOff | undefined;
  let [sender, ...others] = senders;
  for (;;) {
    const { provider, account } = sender;
    const at = new Date(clock.now()).toISOString();
    const answer = await call(asking, sender);
    const next = others[0];
    const isLast = next === undefined || !asking.hasTime() || !(await goesOn(asking, answer));
    if (isLast || answer.result === "accepted" || answer.result === "refused") {
      const asked = { provider, account, attempt: asking.message.attempts, tries };
      return { answer: soonest === undefined ? answer : sooner(soonest, answer), sender, asked };
    }
    if (answer.result === "later") {
      slowDown(sender, answer);
      if (soonest === undefined || answer.retryAfterMs < soonest.retryAfterMs) soonest = answer;
    }
    tries.push({ provider, account, at, reason: answer.reason });
    others = others.slice(1);
    sender = next;
    sender.rate.charge(asking.rendered.units);
  }
}
