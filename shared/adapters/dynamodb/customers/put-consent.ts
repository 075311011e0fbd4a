import { NO_CONSENT } from "#domain/customer/state.ts";
import { mergeConsent, newerConsent } from "#domain/profile/consent.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { Consent, ConsentState } from "#domain/records/permission.ts";
import { CONFLICT, retryConflicts } from "#kernel/retry.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import { getItem, putOver, type Table } from "../requests/items.ts";
import { putAll } from "../requests/transact.ts";
import { consentKey, fromConsentItem, toConsentItem } from "./customer-items.ts";
import { MAX_HOPS } from "./read-customers.ts";

const MAX_TRIES = 8;

const readConsent = async (
  table: Table,
  customerId: CustomerId,
): Promise<{ readonly consent: ConsentState; readonly mergedInto: CustomerId | undefined }> => {
  const item = await getItem(table, consentKey(customerId));
  return item === undefined
    ? { consent: NO_CONSENT, mergedInto: undefined }
    : { consent: fromConsentItem(item), mergedInto: item.mergedInto?.S };
};

/** Writes over what was read; false when somebody else wrote meanwhile. */
const writeConsent = async (
  { client, table }: Table,
  customerId: CustomerId,
  before: ConsentState,
  entries: readonly Consent[],
): Promise<boolean> => {
  const version = before.version ?? 0;
  const item = toConsentItem(customerId, { ...mergeConsent(before, entries), version: version + 1 });
  return (await putAll(client, [putOver(table, item, version)])) === null;
};

/** Adds entries to the consent of a customer, or of whom they became part of, where they are the newer ones. */
export const putConsentIn =
  (table: Table): CustomerStore["putConsent"] =>
  (customerId, entries, known) => {
    let target = customerId;
    let before = known;
    const message = "consent changed at the same time, too often";
    return retryConflicts({ tries: MAX_TRIES + MAX_HOPS, message }, async () => {
      if (before === undefined) {
        const read = await readConsent(table, target);
        if (read.mergedInto !== undefined) {
          target = read.mergedInto;
          return CONFLICT;
        }
        before = read.consent;
      }
      if (newerConsent(before, entries).length === 0) return;
      if (await writeConsent(table, target, before, entries)) return;
      before = undefined;
      return CONFLICT;
    });
  };
