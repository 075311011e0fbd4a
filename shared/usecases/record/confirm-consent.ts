import { consentKey } from "#domain/contact-policy/consent.ts";
import { mailboxOf } from "#domain/message/mailbox.ts";
import type { LinkToken } from "#domain/message/token-fields.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { Consent, ConsentState } from "#domain/records/permission.ts";
import type { ConfirmationStore } from "#ports/confirmation-store.ts";
import { type ConsentDependencies, changeConsent } from "./change-consent.ts";

export type ConfirmDependencies = ConsentDependencies & {
  readonly confirmations: Pick<ConfirmationStore, "answered">;
};

export type Confirm = Extract<LinkToken, { kind: "confirm" }>;

/** The words that were agreed to, where the consent that waits has them. */
const textFor = ({ entries }: ConsentState, channel: string, topic: string): Pick<Consent, "text"> => {
  const pending = [channel, "*"].flatMap((on) =>
    [topic, "*"].map((about) => {
      const key = consentKey({ channel: on, topic: about, status: "granted", standing: "public" });
      return Object.hasOwn(entries, key) ? entries[key] : undefined;
    }),
  );
  const text = pending.find((entry) => entry?.text !== undefined)?.text;
  return text === undefined ? {} : { text };
};

/**
 * Grants what the link of a confirmation message names, on the channel that it went by, with the message as proof.
 * @returns false when nothing of the customer is kept any more
 */
export const confirmConsent = async (
  deps: ConfirmDependencies,
  { customerId, messageId, channel, address, topics }: Confirm,
  { contactPolicy }: Pick<PlaybookDocument, "contactPolicy">,
): Promise<boolean> => {
  const customer = await deps.customers.load(customerId);
  if (customer === null) return false;
  const at = new Date(deps.clock.now()).toISOString();
  const entries = contactPolicy.categories
    .filter(({ name }) => topics.includes(name))
    .map(
      ({ name }): Consent => ({
        channel,
        topic: name,
        status: "granted",
        kind: "express",
        source: "confirmation link",
        at,
        ...textFor(customer.consent, channel, name),
      }),
    );
  const mailbox = { channel, address };
  await changeConsent(deps, { customerId: customer.state.customerId, mailbox, messageId, entries });
  await deps.confirmations.answered(channel, mailboxOf(address));
  return true;
};
