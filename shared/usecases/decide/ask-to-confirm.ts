import { confirmationFor } from "#domain/decision/decide-confirmation.ts";
import { decideMessage } from "#domain/decision/decide-message.ts";
import { mailboxOf } from "#domain/message/mailbox.ts";
import type { TriggerFired } from "#events/trigger-fired.ts";
import { hashId } from "#kernel/hash.ts";
import type { Clock } from "#ports/clock.ts";
import type { ConfirmationStore } from "#ports/confirmation-store.ts";
import type { DataKeys } from "#ports/decision-log.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import type { Timers } from "#ports/timers.ts";
import {
  askSenders,
  type CommitDependencies,
  type Committed,
  commitDecision,
  countDecisions,
} from "./commit.ts";
import { type LoggingDependencies, logCommitted } from "./log-decisions.ts";

export type ConfirmationDependencies = CommitDependencies &
  LoggingDependencies & {
    readonly confirmations: Pick<ConfirmationStore, "mayAsk">;
    readonly playbooks: Pick<CompiledVersions, "current">;
    readonly bus: EventBus;
    readonly timers: Timers;
    readonly dataKeys: DataKeys;
    readonly clock: Clock;
  };

/**
 * Asks a customer to confirm consent that came by a public key: one message, with its decision, to a mailbox that was not
 * asked within a day, whoever has it. Idempotent, as `decideOnEvent`. Null: there is nothing to confirm, or nobody to ask.
 */
export const askToConfirm = async (
  deps: ConfirmationDependencies,
  { channel, customerId, depth, eventId, trigger }: TriggerFired & { readonly channel: string },
): Promise<Committed | null> => {
  const [playbook, record] = await Promise.all([deps.playbooks.current(), deps.customers.find(customerId)]);
  if (record === null) return null;
  const now = deps.clock.now();
  const at = new Date(now).toISOString();
  const confirmation = confirmationFor(record, playbook, channel, at);
  if (confirmation === null) return null;
  const decisionId = hashId("dec", eventId, trigger, channel);
  const { address } = confirmation;
  const mailbox = mailboxOf(address.value);
  if (!(await deps.confirmations.mayAsk(address.channel, mailbox, { by: decisionId, now: at }))) {
    deps.telemetry.log.info("address not asked to confirm again", { customerId, code: "asked" });
    return null;
  }
  const committed = await commitDecision(deps, record, (current, unavailable) => [
    decideMessage({
      ...confirmation,
      playbook,
      record: current ?? record,
      decisionId,
      now,
      trigger,
      eventId,
      depth,
      ...(unavailable.size === 0 ? {} : { unavailable }),
    }),
  ]);
  await Promise.all([askSenders(deps, committed), logCommitted(deps, committed)]);
  countDecisions(deps.telemetry, committed, "message");
  return committed;
};
