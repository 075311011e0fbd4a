import type { CustomerId } from "#domain/records/identity.ts";
import type { ContactHistory } from "#domain/records/permission.ts";

/** Contact history on its own, for those who neither decide nor apply events. */
export type ContactStore = {
  /** Conditional on the stored version being `version - 1`. False: somebody wrote first, read again. */
  readonly save: (customerId: CustomerId, history: ContactHistory) => Promise<boolean>;
};
