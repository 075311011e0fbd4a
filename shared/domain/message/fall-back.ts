import { TriggerFired } from "#events/trigger-fired.ts";
import { hashId } from "#kernel/hash.ts";
import type { Brand } from "../playbook/model/document.ts";
import type { Timer } from "../records/effects.ts";
import type { Message } from "../records/message.ts";

/** What a decision that another channel takes over names as its trigger. */
export const FALL_BACK = "fall-back";

/**
 * What looks after an attempt at a message, once its channel had the time to report. Null: nothing follows it; what took over
 * itself, content of the caller's own, which is written for one channel, and a one-time code, which is asked for anew.
 * @param now milliseconds since the epoch, of the attempt
 */
export const fallBackTimer = (
  message: Pick<
    Message,
    "messageId" | "customerId" | "channel" | "treatment" | "insteadOf" | "code" | "attempts" | "depth"
  >,
  { fallBacks }: Pick<Brand, "fallBacks">,
  now: number,
): Timer | null => {
  const { messageId, customerId, channel, treatment, insteadOf, code, attempts, depth } = message;
  const follows = fallBacks?.[channel];
  if (follows === undefined || insteadOf !== undefined || treatment === undefined) return null;
  if (code !== undefined) return null;
  const id = hashId("trg", messageId, FALL_BACK, String(attempts));
  const at = new Date(now).toISOString();
  const detail = {
    v: 1,
    id,
    customerId,
    trigger: FALL_BACK,
    placement: FALL_BACK,
    eventId: messageId,
    eventAt: at,
    depth,
    insteadOf: messageId,
  } satisfies TriggerFired;
  return {
    id: hashId("tmr", messageId, FALL_BACK, String(attempts)),
    due: new Date(now + follows.afterMs).toISOString(),
    event: { id, name: TriggerFired.name, detail },
  };
};

/**
 * Whether another channel takes over now. Not while the message is still tried: each attempt is looked after by itself. Nor
 * where it was delivered, or policy forbade it.
 * @param now milliseconds since the epoch
 */
export const isToBeFollowed = (
  { status, history }: Pick<Message, "status" | "history">,
  afterMs: number,
  now: number,
): boolean => {
  if (status !== "sent" && status !== "uncertain" && status !== "failed") return false;
  const tried = history.findLast((change) => change.status === "sending")?.at;
  return tried === undefined || now >= Date.parse(tried) + afterMs;
};
