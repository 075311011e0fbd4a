import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { CustomerRecord, CustomerState } from "../records/customer.ts";
import type { Timer } from "../records/effects.ts";
import type { CustomerId } from "../records/identity.ts";
import type { ConsentState, ContactHistory } from "../records/permission.ts";
import { mergeConsent } from "./consent.ts";
import { mergeContacts, mergeStates } from "./merge.ts";

/** Contact history and consent of one side of a merge, as they are to be written. */
export type Movement = {
  readonly customerId: CustomerId;
  readonly contact: ContactHistory;
  readonly consent: ConsentState;
  readonly mergedInto?: CustomerId;
};

const emptied = ({ state, contact, consent }: CustomerRecord, survivor: CustomerId): Movement => ({
  customerId: state.customerId,
  contact: { version: contact.version + 1, entries: [], coolDowns: {} },
  consent: { version: (consent.version ?? 0) + 1, entries: {} },
  mergedInto: survivor,
});

const holdsSomething = ({ contact, consent }: CustomerRecord): boolean =>
  contact.entries.length +
    Object.keys(contact.coolDowns).length +
    Object.keys(contact.holds ?? {}).length +
    (contact.refusals ?? []).length +
    Object.keys(consent.entries).length >
  0;

/**
 * The survivor with the absorbed merged in, and the contact history and consent to move. The absorbed customers' items are
 * rewritten even when empty, so that a decision under way for them meets a changed version. `now`: ISO-8601 UTC.
 */
export const absorb = (
  survivor: CustomerRecord,
  absorbed: readonly CustomerRecord[],
  playbook: CompiledPlaybook,
  now: string,
): {
  readonly state: CustomerState;
  readonly consent: ConsentState;
  readonly cancel: readonly Pick<Timer, "id" | "due">[];
  readonly movements: readonly Movement[];
} => {
  let { state, contact, consent } = survivor;
  const cancel: Pick<Timer, "id" | "due">[] = [];
  for (const gone of absorbed) {
    const merged = mergeStates(state, gone.state, playbook, now);
    state = merged.state;
    cancel.push(...merged.cancel);
    contact = mergeContacts(contact, gone.contact);
    consent = mergeConsent(consent, Object.values(gone.consent.entries));
  }
  const { customerId } = state;
  const moves = absorbed.some(holdsSomething);
  if (moves) {
    contact = { ...contact, version: contact.version + 1 };
    consent = { ...consent, version: (consent.version ?? 0) + 1 };
  }
  return {
    state,
    consent,
    cancel,
    movements: [
      ...(moves ? [{ customerId, contact, consent }] : []),
      ...absorbed.map((gone) => emptied(gone, customerId)),
    ],
  };
};
