import type { ForeignMessage } from "#channels/definition/report.ts";
import {
  type ForeignSent,
  foreignEvent,
  foreignKind,
  identifierAt,
  withForeign,
} from "#domain/decision/foreign.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { CONFLICT, retryConflicts } from "#kernel/retry.ts";
import type { Clock } from "#ports/clock.ts";
import type { ContactStore } from "#ports/contact-store.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { Inbox } from "#ports/inbox.ts";
import type { PlaybookVersions } from "#ports/playbook-store.ts";

export type ForeignDependencies = {
  readonly customers: Pick<CustomerStore, "find">;
  readonly contacts: ContactStore;
  readonly inbox: Inbox;
  readonly playbooks: Pick<PlaybookVersions<PlaybookDocument>, "current">;
  readonly clock: Clock;
};

const MAX_TRIES = 8;
/** Providers let a mail have so many recipients at most; who writes to more writes to nobody in particular. */
const MOST_ADDRESSES = 50;

/**
 * Takes the place under caps that the message takes. The history is that of the surviving customer, whose id it gives; null:
 * nobody has the address.
 */
const takePlace = async (
  { contacts, customers }: ForeignDependencies,
  document: PlaybookDocument,
  identifier: string,
  told: Omit<ForeignSent, "customerId">,
): Promise<string | null> => {
  const message = "contact history changes too often, try again";
  return retryConflicts({ tries: MAX_TRIES, message }, async () => {
    const record = await customers.find(identifier);
    if (record === null) return null;
    const { customerId } = record.state;
    const history = withForeign(record.contact, document, { ...told, customerId });
    if (history === null) return customerId;
    return (await contacts.save(customerId, history)) ? customerId : CONFLICT;
  });
};

/**
 * Counts what another system of the account sent to a customer whom we know by the address, where the playbook says as what:
 * in contact history first, then on the timeline. Done again it changes nothing. Nobody becomes a customer by it.
 */
export const recordForeign = async (deps: ForeignDependencies, sent: ForeignMessage): Promise<void> => {
  const document = await deps.playbooks.current();
  const kind = foreignKind(document, sent);
  if (kind === undefined) return;
  const now = new Date(deps.clock.now()).toISOString();
  for (const address of new Set(sent.addresses.slice(0, MOST_ADDRESSES))) {
    const identifier = identifierAt(document, sent.channel, address);
    if (identifier === null) continue;
    const customerId = await takePlace(deps, document, identifier, { sent, kind, now });
    if (customerId !== null) await deps.inbox.send([foreignEvent({ sent, kind, customerId, now })]);
  }
};
