import type { LinkToken } from "#domain/message/token.ts";
import { outcomeEvent } from "#domain/outcome/outcome-event.ts";
import type { MessageStore } from "#ports/message-store.ts";
import { type ConsentDependencies, changeConsent } from "./change-consent.ts";

export type UnsubscribeDependencies = ConsentDependencies & {
  readonly messages: Pick<MessageStore, "get">;
};

/**
 * Withdraws the consent that a message's link names, at once.
 * @param source where the customer did it, for the record
 * @returns false when nothing of the customer is kept any more
 */
export const unsubscribe = async (
  deps: UnsubscribeDependencies,
  { customerId, messageId, channel, topic }: Extract<LinkToken, { kind: "unsubscribe" }>,
  source: string,
): Promise<boolean> => {
  const [customer, message] = await Promise.all([
    deps.customers.load(customerId),
    deps.messages.get(messageId),
  ]);
  if (customer === null) return false;
  const at = new Date(deps.clock.now()).toISOString();
  const properties = { topic };
  await changeConsent(deps, {
    customerId: customer.state.customerId,
    messageId,
    entries: [{ channel, topic, status: "withdrawn", kind: "express", source, at }],
    events:
      message === null
        ? []
        : [outcomeEvent({ message, name: "unsubscribed", at, receivedAt: at, properties })],
  });
  return true;
};
