import type { CustomerId } from "#domain/records/identity.ts";
import type { ContactHistory } from "#domain/records/permission.ts";
import type { ContactStore } from "#ports/contact-store.ts";

/** Contact history in a map, which twins that read it may share. */
export const memoryContactStore = (contacts: Map<CustomerId, ContactHistory> = new Map()): ContactStore => ({
  save: async (customerId, history) => {
    if ((contacts.get(customerId)?.version ?? 0) !== history.version - 1) return false;
    contacts.set(customerId, history);
    return true;
  },
});
