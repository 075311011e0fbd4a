import type { CustomerId } from "#domain/records/identity.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import type { Check } from "./watcher.ts";

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value ?? {}));
/** What one read of a decision may take of a customer (invariant 4). */
const READ_BYTES = 64 * 1024;

/** Invariants 4 and 13: what is read with every decision is bounded, part by part and together. */
export const withinBounds: Check = {
  name: "what a decision reads of a customer stays within its bounds",
  watch: ({ customers }, violated) => {
    const measure = (customerId: CustomerId): void => {
      const state = bytesOf({ ...customers.states.get(customerId), unsent: {} });
      const consent = bytesOf(customers.consents.get(customerId)?.entries);
      const contact = bytesOf(customers.contacts.get(customerId));
      if (consent > BOUNDS.consentBytes) violated(`the consent of ${customerId} takes ${consent} bytes`);
      const together = state + consent + contact;
      if (together > READ_BYTES) violated(`${customerId} takes ${together} bytes`);
    };
    return {
      saved: (write) => {
        for (const { customerId } of write.customers) measure(customerId);
      },
      consented: measure,
      committed: ({ contact }) => {
        if (contact !== undefined) measure(contact.customerId);
      },
    };
  },
};
