import { NO_CONSENT, NO_CONTACT } from "#domain/customer/state.ts";
import { identifierKey } from "#domain/identity/identifiers.ts";
import { heldConsent, mergeConsent, newerConsent } from "#domain/profile/consent.ts";
import type { CustomerRecord, CustomerState } from "#domain/records/customer.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { ConsentState, ContactHistory } from "#domain/records/permission.ts";
import type { CustomerStore, CustomerWrite } from "#ports/customer-store.ts";
import { type MemoryRuns, memoryRuns } from "./run-store.ts";

/** Where the parts of customers lie; shared with the twins that read or write them. */
export type MemoryCustomers = {
  readonly states: Map<CustomerId, CustomerState>;
  readonly contacts: Map<CustomerId, ContactHistory>;
  readonly consents: Map<CustomerId, ConsentState & { readonly mergedInto?: CustomerId }>;
  readonly pointers: Map<string, CustomerId>;
  readonly dataKeys: Map<string, Uint8Array>;
} & MemoryRuns;

export const memoryCustomers = (): MemoryCustomers => ({
  states: new Map(),
  contacts: new Map(),
  consents: new Map(),
  pointers: new Map(),
  dataKeys: new Map(),
  ...memoryRuns(),
});

/** Whether every condition of the write holds at this moment. */
const mayWrite = (shared: MemoryCustomers, { customers, links, moved = [] }: CustomerWrite): boolean =>
  customers.every((state) => (shared.states.get(state.customerId)?.version ?? 0) === state.version - 1) &&
  links.every(({ identifier, to, from }) => {
    const owner = shared.pointers.get(identifierKey(identifier));
    return owner === to || owner === from;
  }) &&
  moved.every(
    ({ customerId, contact, consent }) =>
      (shared.contacts.get(customerId)?.version ?? 0) === contact.version - 1 &&
      (shared.consents.get(customerId)?.version ?? 0) === (consent.version ?? 0) - 1,
  );

/** Customers in maps. Each call is one step of the event loop: as atomic as a transaction. */
export const memoryCustomerStore = (
  knownEvents: { readonly has: (eventId: string) => boolean },
  shared: MemoryCustomers = memoryCustomers(),
): CustomerStore => {
  const load = async (customerId: CustomerId): Promise<CustomerRecord | null> => {
    let state = shared.states.get(customerId);
    while (state?.mergedInto !== undefined) state = shared.states.get(state.mergedInto);
    if (state === undefined) return null;
    const { version = 0, entries } = shared.consents.get(state.customerId) ?? NO_CONSENT;
    const dataKey = shared.dataKeys.get(state.customerId);
    return {
      state,
      contact: shared.contacts.get(state.customerId) ?? NO_CONTACT,
      consent: heldConsent({ version, entries }, state.unsent),
      ...(dataKey === undefined ? {} : { dataKey }),
    };
  };
  return {
    resolve: async (identifiers, eventIds) => ({
      links: new Map(
        identifiers.flatMap((identifier): [string, CustomerId][] => {
          const owner = shared.pointers.get(identifierKey(identifier));
          return owner === undefined ? [] : [[identifierKey(identifier), owner]];
        }),
      ),
      seenEvents: new Set(eventIds.filter((id) => knownEvents.has(id))),
    }),
    load,
    find: async (ref) => {
      if (!ref.includes(":")) return load(ref);
      const owner = shared.pointers.get(ref);
      return owner === undefined ? null : load(owner);
    },
    save: async (write) => {
      if (!mayWrite(shared, write)) return "conflict";
      for (const state of write.customers) shared.states.set(state.customerId, structuredClone(state));
      for (const { identifier, to } of write.links) shared.pointers.set(identifierKey(identifier), to);
      for (const { customerId, contact, consent, mergedInto } of write.moved ?? []) {
        shared.contacts.set(customerId, contact);
        shared.consents.set(customerId, mergedInto === undefined ? consent : { ...consent, mergedInto });
      }
      for (const run of write.runs ?? []) shared.runs.set(run.runId, structuredClone(run));
      for (const { journey, heldOut, what } of write.runCounts ?? []) {
        const name = `${journey}#${heldOut ? "held" : "walk"}#${what}`;
        shared.runCounts.set(name, (shared.runCounts.get(name) ?? 0) + 1);
      }
      return "saved";
    },
    repoint: async (identifiers, to) => {
      for (const identifier of identifiers) {
        if (shared.pointers.has(identifierKey(identifier)))
          shared.pointers.set(identifierKey(identifier), to);
      }
    },
    putConsent: async (customerId, entries) => {
      let target = customerId;
      let before = shared.consents.get(target);
      while (before?.mergedInto !== undefined) {
        target = before.mergedInto;
        before = shared.consents.get(target);
      }
      const kept = before ?? NO_CONSENT;
      if (newerConsent(kept, entries).length === 0) return;
      shared.consents.set(target, { ...mergeConsent(kept, entries), version: (kept.version ?? 0) + 1 });
    },
  };
};
