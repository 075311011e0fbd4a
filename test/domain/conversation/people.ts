import { type ConverseInput, converse } from "#domain/conversation/converse.ts";
import type { Joining, Setting, Thread } from "#domain/conversation/thread.ts";
import type { ConversationPolicy } from "#domain/playbook/model/conversations.ts";
import type { ConversationHead } from "#domain/records/conversation.ts";
import { HOUR_MS } from "#kernel/time.ts";

export const CUSTOMER = "cus_kim";
export const START = Date.parse("2026-11-30T09:00:00.000Z");
export const POLICY: ConversationPolicy = { reopenWithinMs: 72 * HOUR_MS, answerWithinMs: 4 * HOUR_MS };

/** So many minutes after the start. */
export const minute = (minutes: number): number => START + minutes * 60_000;
export const iso = (time: number): string => new Date(time).toISOString();
export const at = (minutes: number): Setting => ({ policy: POLICY, now: minute(minutes) });

export const written = (text: string, minutes: number, members: Partial<Joining> = {}): Joining => ({
  messageId: `evt_${text}`,
  direction: "in",
  channel: "sms",
  author: { type: "customer" },
  text,
  attachments: [],
  at: iso(minute(minutes)),
  ...members,
});
export const ours = (text: string, minutes: number, members: Partial<Joining> = {}): Joining =>
  written(text, minutes, {
    messageId: `msg_${text}`,
    direction: "out",
    author: { type: "agent", name: "Ana" },
    ...members,
  });
export const received = (...messages: readonly Joining[]): Extract<ConverseInput, { kind: "received" }> => ({
  kind: "received",
  customerId: CUSTOMER,
  messages,
  provoking: [],
});

/** What comes of an input that must not be refused. */
export const threadAfter = (
  head: ConversationHead | null,
  input: ConverseInput,
  setting: Setting,
): Thread => {
  const outcome = converse(head, input, setting);
  if (!outcome.done) throw new Error(`refused: ${outcome.refusal.reason}`);
  return outcome;
};
