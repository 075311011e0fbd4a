import { addressesFor } from "#domain/contact-policy/clearance.ts";
import type { LinkToken } from "#domain/message/token-fields.ts";
import { outcomeEvent } from "#domain/outcome/outcome-event.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Message } from "#domain/records/message.ts";
import type { MessageStore } from "#ports/message-store.ts";
import { type ConsentDependencies, changeConsent, type Mailbox } from "./change-consent.ts";

export type UnsubscribeDependencies = ConsentDependencies & {
  readonly messages: Pick<MessageStore, "get">;
};

type Unsubscribe = Extract<LinkToken, { kind: "unsubscribe" }>;

/** Links of release 0.1 do not say where the message went: there, where it would go now. */
const mailboxOf = (
  { channel, address }: Unsubscribe,
  message: Message | null,
  customer: CustomerRecord | null,
): Mailbox | undefined => {
  const known = message === null || customer === null ? [] : addressesFor(message, customer);
  const found = address ?? known[0];
  return found === undefined ? undefined : { channel, address: found };
};

/**
 * Withdraws the consent that a message's link names, at once: of the customer, and of whoever else has the address.
 * @param source where the customer did it, for the record
 * @returns false when nothing of the customer is kept any more
 */
export const unsubscribe = async (
  deps: UnsubscribeDependencies,
  token: Unsubscribe,
  source: string,
): Promise<boolean> => {
  const { customerId, messageId, channel, topic } = token;
  const [customer, message] = await Promise.all([
    deps.customers.load(customerId),
    deps.messages.get(messageId),
  ]);
  const at = new Date(deps.clock.now()).toISOString();
  const properties = { topic };
  await changeConsent(deps, {
    customerId: customer?.state.customerId ?? null,
    mailbox: mailboxOf(token, message, customer),
    messageId,
    entries: [{ channel, topic, status: "withdrawn", kind: "express", source, at }],
    events:
      message === null
        ? []
        : [outcomeEvent({ message, name: "unsubscribed", at, receivedAt: at, properties })],
  });
  return customer !== null;
};
