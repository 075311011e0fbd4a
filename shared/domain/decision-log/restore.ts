import { consentKey } from "../contact-policy/consent.ts";
import { MASKED } from "../customer/personal-text.ts";
import type { CustomerRecord } from "../records/customer.ts";
import type { LogRecord } from "./types.ts";

/** A customer's record made from the log: with all that rules and policy read, and the rest empty. */
export const restoreRecord = ({ customerId, state }: LogRecord): CustomerRecord | null => {
  if (state === null || customerId === null) return null;
  const at = state.createdAt;
  return {
    state: {
      customerId,
      version: 1,
      createdAt: at,
      updatedAt: state.updatedAt,
      identifiers: [],
      contested: [],
      traits: Object.fromEntries(
        Object.entries(state.traits).map(([name, value]) => [name, { value, at, by: "" }]),
      ),
      computed: state.computed,
      ...(state.counting === undefined ? {} : { counting: state.counting }),
      segments: Object.fromEntries(state.segments.map((name) => [name, at])),
      // Refusals name an address by its place.
      addresses: state.addresses.map(({ channel, status }, index) => ({
        channel,
        status,
        value: state.contact.refusals === undefined ? MASKED : String(index),
        at,
      })),
      ...(state.responses === undefined ? {} : { responses: state.responses }),
      ...(state.conversation === undefined ? {} : { conversation: state.conversation }),
      ...(state.wroteAt === undefined ? {} : { wroteAt: state.wroteAt }),
      ...(state.holding === undefined ? {} : { holding: state.holding }),
      ...(state.hours === undefined ? {} : { hours: state.hours }),
      lastSeen: {},
      recent: [],
      pending: [],
      absorbed: state.oldestId === undefined ? [] : [state.oldestId],
      unsent: {},
    },
    contact: state.contact,
    consent: {
      entries: Object.fromEntries(
        state.consent.map((entry) => [consentKey(entry), { source: "log", ...entry }]),
      ),
    },
  };
};
