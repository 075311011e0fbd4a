import { withoutContact } from "#domain/contact-policy/contact-history.ts";
import type { Message } from "#domain/records/message.ts";
import { CONFLICT, retryConflicts } from "#kernel/retry.ts";
import type { SendDependencies } from "./dependencies.ts";

const MAX_TRIES = 8;

/**
 * What never left uses up no room under caps and is owed no order: its place in contact history is free again. Safe to
 * repeat; two requests, none for what left or is owed. The history is that of whom the customer has become since.
 */
export async function giveBackPlace<M>(
  { contacts, customers }: Pick<SendDependencies<M>, "contacts" | "customers">,
  sent: Message,
): Promise<void> {
  const { customerId, lane, messageId, providerMessageId } = sent;
  // A provider that took it may have sent it, whatever was told of it later.
  if (lane === "transactional" || providerMessageId !== undefined) return;
  const message = "contact history changes too often, try again";
  return retryConflicts({ tries: MAX_TRIES, message }, async () => {
    const record = await customers.load(customerId);
    const history = record === null ? null : withoutContact(record.contact, messageId);
    if (record === null || history === null) return;
    return (await contacts.save(record.state.customerId, history)) ? undefined : CONFLICT;
  });
}
