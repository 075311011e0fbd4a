import { HELD } from "#domain/contact-policy/clearance.ts";
import { heldEvent } from "#domain/conversation/holding.ts";
import { reasonName } from "#domain/message/status.ts";
import { listensToSent } from "#domain/outcome/listens-to.ts";
import { outcomeEvent } from "#domain/outcome/outcome-event.ts";
import { countedFact } from "#domain/outcome/recorded.ts";
import { waitsFor } from "#domain/playbook/model/holds.ts";
import type { DomainEvent } from "#domain/records/effects.ts";
import type { Message, MessageStatus } from "#domain/records/message.ts";
import type { OutcomeCounted } from "#events/outcome-counted.ts";
import { hashId } from "#kernel/hash.ts";
import type { Clock } from "#ports/clock.ts";
import type { SendDependencies } from "./dependencies.ts";

const iso = (time: number): string => new Date(time).toISOString();

/** When the message came to that status; it may have been a while ago, before a sender died. */
const endedAt = ({ history }: Message, status: MessageStatus, clock: Clock): string =>
  history.findLast((change) => change.status === status)?.at ?? iso(clock.now());

/** For the reports. Told twice, it has one id. */
const countedEnd = (
  { messageId, decisionId, action }: Message,
  end: Pick<OutcomeCounted, "outcome" | "reason" | "at">,
): DomainEvent =>
  countedFact({
    eventId: hashId("evt", messageId, end.outcome),
    decisionId,
    ...(action === undefined ? {} : { action }),
    ...end,
  });

/**
 * `message.sent` becomes an event only when the playbook names it: most do not, and every mail would cost two more writes.
 * Else the reports alone hear of it.
 */
export async function notifySent<M>(deps: SendDependencies<M>, message: Message): Promise<void> {
  const at = endedAt(message, "sent", deps.clock);
  if (listensToSent(await deps.playbook(message.playbook), message)) {
    return deps.inbox.send([outcomeEvent({ message, name: "message.sent", at, receivedAt: at })]);
  }
  await deps.bus.publish([countedEnd(message, { outcome: "sent", at })]);
}

/** The reports hear of a message that will not leave, or of which nobody knows whether it left, and why policy stopped it. */
export async function notifyEnded(
  { bus, clock }: Pick<SendDependencies<never>, "bus" | "clock">,
  message: Message,
  { status, reason }: { readonly status: "failed" | "rejected" | "uncertain"; readonly reason?: string },
): Promise<void> {
  const why = status === "rejected" && reason !== undefined ? { reason: reasonName(reason) } : {};
  await bus.publish([countedEnd(message, { outcome: status, ...why, at: endedAt(message, status, clock) })]);
}

/**
 * The profile hears of a message that the customer's conversation kept back, so that it is decided anew afterwards. A journey
 * goes its own way on.
 */
export async function notifyHeld<M>(
  { inbox, livePlaybook }: SendDependencies<M>,
  message: Message,
): Promise<void> {
  const kept = message.history.findLast(({ status }) => status === "rejected");
  if (message.run !== undefined || kept?.reason !== HELD) return;
  const { decisionId, customerId, category, depth } = message;
  const { contactPolicy } = await livePlaybook();
  const until = iso(Date.parse(kept.at) + waitsFor(contactPolicy, category));
  const held = { decisionId, categories: [category], until };
  await inbox.send([heldEvent(held, { customerId, at: kept.at, depth })]);
}

/** Addresses that the provider will never reach: the profile learns it, so that nothing more is decided for them. */
export async function notifyBadAddresses<M>(
  deps: SendDependencies<M>,
  message: Message,
  addresses: readonly string[],
): Promise<void> {
  if (addresses.length === 0) return;
  const at = iso(deps.clock.now());
  await deps.inbox.send(
    addresses.map((address) =>
      outcomeEvent({
        message,
        name: "message.bounced",
        at,
        receivedAt: at,
        occurrence: address,
        properties: { address, bounceType: "Permanent" },
      }),
    ),
  );
}
