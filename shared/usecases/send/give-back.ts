import { withoutContact } from "#domain/contact-policy/contact-history.ts";
import { type FoundRefusal, withRefusals } from "#domain/contact-policy/mailbox-refusals.ts";
import type { Message } from "#domain/records/message.ts";
import { CONFLICT, retryConflicts } from "#kernel/retry.ts";
import type { SendDependencies } from "./dependencies.ts";

const MAX_TRIES = 8;

/** A provider that accepted it may have sent it, whatever it reported later. */
const hasPlace = ({ lane, providerMessageId }: Message): boolean =>
  lane !== "transactional" && providerMessageId === undefined;

/**
 * Frees the place in contact history of a message that never left, so that caps and success do not count it, and notes
 * there what its addresses said no to, so that the next decision knows. Safe to repeat. Two requests; none where there is
 * neither. The history is that of the surviving customer.
 */
export async function giveBackPlace<M>(
  { contacts, customers, clock }: Pick<SendDependencies<M>, "contacts" | "customers" | "clock">,
  sent: Message,
  refusals: readonly FoundRefusal[] = [],
): Promise<void> {
  const { customerId, messageId } = sent;
  if (!hasPlace(sent) && refusals.length === 0) return;
  const message = "contact history changes too often, try again";
  return retryConflicts({ tries: MAX_TRIES, message }, async () => {
    const record = await customers.load(customerId);
    if (record === null) return;
    const own = refusals.filter(({ channel, address }) =>
      record.state.addresses.some((one) => one.channel === channel && one.value === address),
    );
    const noted = withRefusals(record.contact, own, clock.now());
    const freed = hasPlace(sent) ? withoutContact(noted, messageId) : null;
    if (freed === null && noted === record.contact) return;
    // One write for both, so one version.
    const history = { ...(freed ?? noted), version: record.contact.version + 1 };
    return (await contacts.save(record.state.customerId, history)) ? undefined : CONFLICT;
  });
}
