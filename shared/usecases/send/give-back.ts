import { withoutContact } from "#domain/contact-policy/contact-history.ts";
import type { Message } from "#domain/records/message.ts";
import { CONFLICT, retryConflicts } from "#kernel/retry.ts";
import type { SendDependencies } from "./dependencies.ts";

const MAX_TRIES = 8;

/**
 * Frees the place in contact history of a message that never left, so that caps and success do not count it. Safe to
 * repeat. Two requests; none for a message that left, or a transactional one. The history is that of the surviving customer.
 */
export async function giveBackPlace<M>(
  { contacts, customers }: Pick<SendDependencies<M>, "contacts" | "customers">,
  sent: Message,
): Promise<void> {
  const { customerId, lane, messageId, providerMessageId } = sent;
  // A provider that accepted it may have sent it, whatever it reported later.
  if (lane === "transactional" || providerMessageId !== undefined) return;
  const message = "contact history changes too often, try again";
  return retryConflicts({ tries: MAX_TRIES, message }, async () => {
    const record = await customers.load(customerId);
    const history = record === null ? null : withoutContact(record.contact, messageId);
    if (record === null || history === null) return;
    return (await contacts.save(record.state.customerId, history)) ? undefined : CONFLICT;
  });
}
