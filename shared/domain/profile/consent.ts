import { BOUNDS } from "#kernel/bounds.ts";
import type { Consent, ConsentState } from "../records/permission.ts";

export const consentKey = (entry: Pick<Consent, "channel" | "topic">): string =>
  `${entry.channel}|${entry.topic}`;

/** The later time wins; on a tie withdrawn; two alike of one time: any, but always the same. */
export const laterConsent = (a: Consent, b: Consent): Consent => {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  if (a.status !== b.status) return a.status === "withdrawn" ? a : b;
  return JSON.stringify(a) >= JSON.stringify(b) ? a : b;
};

type Entries = ConsentState["entries"];

const bytesOf = (entries: Entries): number => Buffer.byteLength(JSON.stringify(entries));

const withoutTexts = (entries: Entries): Entries =>
  Object.fromEntries(Object.entries(entries).map(([key, { text: _, ...entry }]) => [key, entry]));

/** The oldest grants go until the rest fits: without a grant nobody is contacted. */
const withoutOldGrants = (entries: Entries): Entries => {
  const kept = { ...entries };
  let bytes = bytesOf(kept);
  const grants = Object.entries(kept).filter(([, { status }]) => status === "granted");
  for (const [key, grant] of grants.sort(([, a], [, b]) => (a.at < b.at ? -1 : 1))) {
    if (bytes <= BOUNDS.consentBytes) break;
    bytes -= bytesOf({ [key]: grant });
    delete kept[key];
  }
  return kept;
};

/** One withdrawal of everything instead of more of them than fit. */
const withdrawnAltogether = (entries: Entries): Entries => {
  const [latest] = Object.values(entries).sort((a, b) => (a.at > b.at ? -1 : 1));
  return latest === undefined ? {} : { "*|*": { ...latest, channel: "*", topic: "*", status: "withdrawn" } };
};

/**
 * A withdrawal always fits (invariant 13): what has no room beside it are texts of proof, which history has, then the
 * oldest grants. Consent that release 0.1 let grow past the bound comes down so with its next write.
 */
const bounded = (entries: Entries): Entries => {
  if (bytesOf(entries) <= BOUNDS.consentBytes) return entries;
  const small = withoutOldGrants(withoutTexts(entries));
  return bytesOf(small) <= BOUNDS.consentBytes ? small : withdrawnAltogether(small);
};

/** Those entries that find room: every withdrawal, and grants as long as room for withdrawals is left. */
export const admittedConsent = (state: ConsentState, entries: readonly Consent[]): readonly Consent[] => {
  let kept = state;
  return entries.filter((entry) => {
    const next = mergeConsent(kept, [entry]);
    if (entry.status === "granted" && bytesOf(next.entries) > BOUNDS.grantedBytes) return false;
    kept = next;
    return true;
  });
};

/** `version` stays: it counts writes, and this writes nothing. Never more than `BOUNDS.consentBytes`. */
export const mergeConsent = (state: ConsentState, entries: readonly Consent[]): ConsentState => {
  const merged = new Map(Object.entries(state.entries));
  for (const entry of entries) {
    const old = merged.get(consentKey(entry));
    merged.set(consentKey(entry), old === undefined ? entry : laterConsent(old, entry));
  }
  return { ...state, entries: bounded(Object.fromEntries(merged)) };
};

/** Those entries that change what is stored. */
export const newerConsent = (state: ConsentState, entries: readonly Consent[]): Consent[] =>
  entries.filter((entry) => {
    const old = Object.hasOwn(state.entries, consentKey(entry))
      ? state.entries[consentKey(entry)]
      : undefined;
    return old === undefined || laterConsent(old, entry) !== old;
  });
