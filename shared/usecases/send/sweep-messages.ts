import { messageRequested } from "#domain/decision/record/effects.ts";
import { latestReason, type Move } from "#domain/message/status.ts";
import { type Swept, sweep } from "#domain/message/sweep.ts";
import type { Message } from "#domain/records/message.ts";
import type { Clock } from "#ports/clock.ts";
import type { ContactStore } from "#ports/contact-store.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { MessageStore, OverdueMessages } from "#ports/message-store.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import { giveBackPlace } from "./give-back.ts";
import { notifyEnded } from "./notify.ts";

export type SweepDependencies = {
  readonly overdue: OverdueMessages;
  readonly messages: Pick<MessageStore, "record">;
  readonly customers: Pick<CustomerStore, "load">;
  readonly contacts: ContactStore;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};

/** So long a sweep goes on with what it finds; the next minute's does the rest. */
const LONGEST_MS = 8_000;
/** Messages worked on at once. */
const SIDE_BY_SIDE = 16;

type Judged = { readonly message: Message; readonly swept: Swept };

/**
 * Looks after messages that did not move by themselves in time: their request was lost on its way to the sender, or the
 * sender was. They are asked for again, or end with the reason. Safe to repeat: a message asked for twice is claimed once, and
 * what an interrupted sweep has not done the next one finds.
 */
export async function sweepMessages(deps: SweepDependencies): Promise<void> {
  const until = deps.clock.now() + LONGEST_MS;
  const known = new Set<string>();
  while (deps.clock.now() < until) {
    const now = deps.clock.now();
    const found = await deps.overdue.find(new Date(now).toISOString());
    const judged = found
      .filter(({ messageId }) => !known.has(messageId))
      .map((message) => ({ message, swept: sweep(message, now) }));
    if (judged.length === 0) return;
    for (const { message } of judged) known.add(message.messageId);
    const lost = judged.filter(({ swept }) => swept.verdict === "tell");
    // Those whose time is over end, even when the bus is what is out of order.
    await settleAll(
      deps,
      judged.filter(({ swept }) => swept.verdict !== "tell"),
    );
    await tellAll(deps, lost);
    await settleAll(deps, lost);
  }
}

/** Before they are put off: whoever dies in between asks for them twice, and a sender notices. */
const tellAll = async ({ bus, telemetry }: SweepDependencies, lost: readonly Judged[]): Promise<void> => {
  if (lost.length === 0) return;
  await bus.publish(lost.map(({ message }) => messageRequested(message)));
  telemetry.count(METRICS.messagesSwept, lost.length, "asked again");
  for (const { message } of lost) telemetry.log.warn("asked for again", { messageId: message.messageId });
};

const settleAll = async (deps: SweepDependencies, judged: readonly Judged[]): Promise<void> => {
  for (let from = 0; from < judged.length; from += SIDE_BY_SIDE) {
    await Promise.all(judged.slice(from, from + SIDE_BY_SIDE).map((one) => settle(deps, one)));
  }
};

const settle = async (deps: SweepDependencies, { message, swept }: Judged): Promise<void> => {
  switch (swept.verdict) {
    case "wait":
    case "tell":
      return deps.overdue.postpone(message, swept.sweepAt);
    case "end":
      return end(deps, message, swept.move);
    case "forget":
      return forget(deps, message);
  }
};

const end = async (deps: SweepDependencies, message: Message, move: Move): Promise<void> => {
  const { messages, telemetry } = deps;
  const ended = await messages.record(message.messageId, move);
  // A sender took it, or ended it, since it was read.
  if (ended?.status !== move.status || ended.sweepAt !== move.sweepAt) return;
  const reason = move.status === "uncertain" ? "uncertain" : "deadline";
  telemetry.count(METRICS.messagesSwept, 1, "ended");
  telemetry.count(METRICS.messagesFailed, 1, reason);
  telemetry.log.warn("message ended by the sweep", {
    messageId: message.messageId,
    code: move.status,
    reason,
  });
  await forget(deps, ended);
};

/** What ended is not looked after again once its place is given back and the reports have heard of it. */
const forget = async (deps: SweepDependencies, message: Message): Promise<void> => {
  const { status, messageId } = message;
  if (status === "failed" || status === "rejected") await giveBackPlace(deps, message);
  if (status === "failed" || status === "rejected" || status === "uncertain") {
    try {
      await notifyEnded(deps, message, { status, ...latestReason(message.history) });
    } catch (error) {
      // The next sweep finds it again, and the others do not wait for the bus.
      return deps.telemetry.log.error("the end of a message was not told", error, { messageId });
    }
  }
  await deps.overdue.postpone(message, null);
};
