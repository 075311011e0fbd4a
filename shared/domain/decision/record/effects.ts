import { MessageRequested } from "#events/message-requested.ts";
import { hashId } from "#kernel/hash.ts";
import type { DomainEvent, Timer } from "../../records/effects.ts";
import type { Message } from "../../records/message.ts";

/** Asks the channel's sender to send the message. The id is deterministic, so that a second request is noticed. */
export const messageRequested = (message: Message): DomainEvent => ({
  id: hashId("req", message.messageId),
  name: MessageRequested.name,
  detail: {
    v: MessageRequested.version,
    messageId: message.messageId,
    customerId: message.customerId,
    decisionId: message.decisionId,
    channel: message.channel,
    lane: message.lane,
    attempt: 0,
  },
});

/** Tells the sender at `due` (ISO-8601). */
export const requestTimer = (message: Message, due: string): Timer => ({
  id: hashId("tmr", message.messageId),
  due,
  event: messageRequested(message),
});

/** How committed messages are asked for: those due now on the bus, the others by a timer. */
export const effectsOf = (
  messages: readonly Message[],
): { readonly publish: readonly DomainEvent[]; readonly timers: readonly Timer[] } => {
  const publish: DomainEvent[] = [];
  const timers: Timer[] = [];
  for (const message of messages) {
    if (message.status !== "requested") continue;
    if (message.sendAt === undefined) publish.push(messageRequested(message));
    else timers.push(requestTimer(message, message.sendAt));
  }
  return { publish, timers };
};
