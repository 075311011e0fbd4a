import { NEVER } from "../identity/standing.ts";
import type { CustomerRecord, CustomerState } from "../records/customer.ts";
import type { CustomerId } from "../records/identity.ts";
import type { ConsentState, ContactHistory } from "../records/permission.ts";

export const NO_CONTACT: ContactHistory = { version: 0, entries: [], coolDowns: {} };
export const NO_CONSENT: ConsentState = { entries: {} };
/**
 * A new customer without any data, not yet stored (`version` 0). `at`: time of the event that created them.
 * `counting`: fingerprints of the computed traits that count from the first event on (computed/).
 */
export const newState = (
  customerId: CustomerId,
  at: string,
  counting: readonly string[] = [],
): CustomerState => ({
  customerId,
  version: 0,
  createdAt: at,
  updatedAt: at,
  identifiers: [],
  contested: [],
  vouchedAt: NEVER,
  traits: {},
  computed: {},
  segments: {},
  addresses: [],
  lastSeen: {},
  recent: [],
  counting,
  pending: [],
  absorbed: [],
  unsent: {},
});

export const newRecord = (state: CustomerState): CustomerRecord => ({
  state,
  contact: NO_CONTACT,
  consent: NO_CONSENT,
});
