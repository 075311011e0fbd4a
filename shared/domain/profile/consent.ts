import { BOUNDS } from "#kernel/bounds.ts";
import { consentKey, isPublicGrant } from "../contact-policy/consent.ts";
import type { CustomerState } from "../records/customer.ts";
import type { Consent, ConsentState } from "../records/permission.ts";

/** The later time wins; on a tie, withdrawn; between two equals one of them, always the same. */
const laterConsent = (a: Consent, b: Consent): Consent => {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  if (a.status !== b.status) return a.status === "withdrawn" ? a : b;
  return JSON.stringify(a) >= JSON.stringify(b) ? a : b;
};

type Entries = ConsentState["entries"];

const bytesOf = (entries: Entries): number => Buffer.byteLength(JSON.stringify(entries));

const withoutTexts = (entries: Entries): Entries =>
  Object.fromEntries(Object.entries(entries).map(([key, { text: _, ...entry }]) => [key, entry]));

/** Drops the oldest grants until the rest fits. That is safe: without a grant the customer is not contacted. */
const withoutOldGrants = (entries: Entries): Entries => {
  const kept = { ...entries };
  let bytes = bytesOf(kept);
  const grants = Object.entries(kept).filter(([, { status }]) => status === "granted");
  for (const [key, grant] of grants.sort(([, a], [, b]) => (a.at < b.at ? -1 : 1))) {
    if (bytes <= BOUNDS.consentBytes) break;
    // A comma goes with it, and no braces.
    bytes -= bytesOf({ [key]: grant }) - 1;
    delete kept[key];
  }
  return kept;
};

/** Replaces withdrawals that do not fit by one withdrawal of everything. */
const withdrawnAltogether = (entries: Entries): Entries => {
  const [latest] = Object.values(entries).sort((a, b) => (a.at > b.at ? -1 : 1));
  return latest === undefined ? {} : { "*|*": { ...latest, channel: "*", topic: "*", status: "withdrawn" } };
};

/**
 * Makes room so that a withdrawal always fits (invariant 13): first texts of proof go, which history keeps, then the oldest
 * grants. Consent that release 0.1 let grow past the bound shrinks the same way at its next write.
 */
const bounded = (entries: Entries): Entries => {
  if (bytesOf(entries) <= BOUNDS.consentBytes) return entries;
  const small = withoutOldGrants(withoutTexts(entries));
  return bytesOf(small) <= BOUNDS.consentBytes ? small : withdrawnAltogether(small);
};

/** The entries that are taken: every withdrawal, and grants as long as room for withdrawals is left. */
export const admittedConsent = (state: ConsentState, entries: readonly Consent[]): readonly Consent[] => {
  let kept = state;
  return entries.filter((entry) => {
    const next = mergeConsent(kept, [entry]);
    if (entry.status === "granted" && bytesOf(next.entries) > BOUNDS.grantedBytes) return false;
    kept = next;
    return true;
  });
};

/** A public key's yes says something as long as nobody else has spoken since. */
const isOutdated = (entry: Consent, entries: ReadonlyMap<string, Consent>): boolean =>
  isPublicGrant(entry) && (entries.get(consentKey({ ...entry, standing: "trusted" }))?.at ?? "") >= entry.at;

/** `version` stays: it counts writes, and this writes nothing. Never more than `BOUNDS.consentBytes`. */
export const mergeConsent = (state: ConsentState, entries: readonly Consent[]): ConsentState => {
  const merged = new Map(Object.entries(state.entries));
  for (const entry of entries) {
    const old = merged.get(consentKey(entry));
    merged.set(consentKey(entry), old === undefined ? entry : laterConsent(old, entry));
  }
  const kept = [...merged].filter(([, entry]) => !isOutdated(entry, merged));
  return { ...state, entries: bounded(Object.fromEntries(kept)) };
};

/**
 * What holds: the stored entries, and those that are kept beside the profile until they are written there. Without these a
 * withdrawal would not count while its write fails.
 */
export const heldConsent = (stored: ConsentState, unsent: CustomerState["unsent"]): ConsentState => {
  const owed = Object.values(unsent).flatMap(({ consent }) => consent);
  return owed.length === 0 ? stored : mergeConsent(stored, owed);
};

/** Those entries that change what is stored. */
export const newerConsent = (state: ConsentState, entries: readonly Consent[]): Consent[] => {
  const stored = new Map(Object.entries(state.entries));
  return entries.filter((entry) => {
    const old = stored.get(consentKey(entry));
    return (old === undefined || laterConsent(old, entry) !== old) && !isOutdated(entry, stored);
  });
};

/** One entry for a channel and topic, as people are shown it: what holds, else what waits to be proven. */
export const shownEntries = ({ entries }: ConsentState): readonly Consent[] =>
  Object.values(entries).filter((entry) => {
    if (isPublicGrant(entry))
      return entries[consentKey({ ...entry, standing: "trusted" })]?.status !== "granted";
    const byPublicKey = consentKey({ ...entry, status: "granted", standing: "public" });
    return entry.status === "granted" || !Object.hasOwn(entries, byPublicKey);
  });
