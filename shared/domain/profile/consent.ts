import type { Consent, ConsentState } from "../records/permission.ts";

export const consentKey = (entry: Pick<Consent, "channel" | "topic">): string =>
  `${entry.channel}|${entry.topic}`;

/** The later time wins; on a tie withdrawn; two alike of one time: any, but always the same. */
export const laterConsent = (a: Consent, b: Consent): Consent => {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  if (a.status !== b.status) return a.status === "withdrawn" ? a : b;
  return JSON.stringify(a) >= JSON.stringify(b) ? a : b;
};

/** `version` stays: it counts writes, and this writes nothing. */
export const mergeConsent = (state: ConsentState, entries: readonly Consent[]): ConsentState => {
  const merged = new Map(Object.entries(state.entries));
  for (const entry of entries) {
    const old = merged.get(consentKey(entry));
    merged.set(consentKey(entry), old === undefined ? entry : laterConsent(old, entry));
  }
  return { ...state, entries: Object.fromEntries(merged) };
};

/** Those entries that change what is stored. */
export const newerConsent = (state: ConsentState, entries: readonly Consent[]): Consent[] =>
  entries.filter((entry) => {
    const old = Object.hasOwn(state.entries, consentKey(entry))
      ? state.entries[consentKey(entry)]
      : undefined;
    return old === undefined || laterConsent(old, entry) !== old;
  });
