import * as z from "zod/mini";
import { decideMessage } from "#domain/decision/decide-message.ts";
import type { DecisionEvent } from "#domain/decision/input/input.ts";
import { orderedIn } from "#domain/decision/input/named-order.ts";
import { FALL_BACK, isToBeFollowed } from "#domain/message/fall-back.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Message } from "#domain/records/message.ts";
import type { TriggerFired } from "#events/trigger-fired.ts";
import { hashId } from "#kernel/hash.ts";
import { isObject, type JsonObject } from "#kernel/json.ts";
import type { MessageStore } from "#ports/message-store.ts";
import type { ConfirmationDependencies } from "./ask-to-confirm.ts";
import { askSenders, type Committed, commitDecision, countDecisions } from "./commit.ts";
import { logCommitted } from "./log-decisions.ts";

type FallBackDependencies = Omit<ConfirmationDependencies, "confirmations"> & {
  readonly messages: Pick<MessageStore, "get">;
};

type Following = {
  readonly fired: TriggerFired & { readonly insteadOf: string };
  readonly playbook: CompiledPlaybook;
  readonly record: CustomerRecord;
};

const Told = z.object({
  name: z.string(),
  at: z.string(),
  properties: z.custom<JsonObject>(isObject),
});

/** The event that the first message was about, as its template saw it. */
const eventOf = ({ event, standing }: Message): DecisionEvent | undefined => {
  const told = z.safeParse(Told, event);
  return told.success ? { ...told.data, ...(standing === undefined ? {} : { standing }) } : undefined;
};

/**
 * Lets the next channel of the live playbook say what a message said that brought no report of its delivery: one message, by a
 * decision of its own, which policy may forbid. Idempotent. Null: there is a report, or nothing that follows.
 */
export const fallBack = async (
  deps: FallBackDependencies,
  { fired, playbook, record }: Following,
): Promise<Committed | null> => {
  const { clock, messages, telemetry } = deps;
  const message = await messages.get(fired.insteadOf);
  if (message === null) return null;
  const { messageId, category, channel, data, depth, run, treatment = "" } = message;
  const follows = playbook.document.brand.fallBacks?.[channel];
  if (follows === undefined || !isToBeFollowed(message, follows.afterMs, clock.now())) return null;
  const order = orderedIn({ category, treatment }, follows.to, playbook);
  if (order === null) {
    telemetry.log.warn("no treatment to fall back to", { messageId, code: follows.to });
    return null;
  }
  const event = eventOf(message);
  const committed = await commitDecision(deps, record, (current, unavailable) => [
    decideMessage({
      ...order,
      playbook,
      record: current ?? record,
      decisionId: hashId("dec", messageId, FALL_BACK),
      now: clock.now(),
      trigger: FALL_BACK,
      eventId: fired.eventId,
      channel: follows.to,
      insteadOf: messageId,
      depth,
      data,
      ...(run === undefined ? {} : { run }),
      ...(event === undefined ? {} : { event }),
      ...(unavailable.size === 0 ? {} : { unavailable }),
    }),
  ]);
  await Promise.all([askSenders(deps, committed), logCommitted(deps, committed)]);
  countDecisions(telemetry, committed, "message");
  return committed;
};
