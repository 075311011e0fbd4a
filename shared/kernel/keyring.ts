import { isObject } from "./json.ts";

/** One key of a secret. What is made with it may carry its version. */
export type SecretKey = {
  readonly version: string;
  readonly key: string;
  /** ISO-8601 UTC: from then on it is the one to use. Until then others may not know it yet. Absent: always was. */
  readonly from?: string;
};
/** The keys of a secret, newest first: one, until it is replaced for the first time. */
export type Keyring = readonly SecretKey[];

const isKey = (value: unknown): value is SecretKey =>
  isObject(value) &&
  typeof value.version === "string" &&
  typeof value.key === "string" &&
  (value.from === undefined || typeof value.from === "string");

/** Reads a secret's text: what `keyringText` wrote, or one bare key, as a stack makes it at its first deploy. */
export const parseKeyring = (text: string): Keyring => {
  const keys = keysIn(text);
  return keys ?? [{ version: "1", key: text }];
};

const keysIn = (text: string): Keyring | undefined => {
  if (!text.startsWith("{")) return undefined;
  try {
    const read: unknown = JSON.parse(text);
    const keys = isObject(read) ? read.keys : undefined;
    return Array.isArray(keys) && keys.length > 0 && keys.every(isKey) ? keys : undefined;
  } catch {
    return undefined;
  }
};

export const keyringText = (keys: Keyring): string => JSON.stringify({ keys });

/** The keyring with a newer key in front. */
export const withKey = (keys: Keyring, key: string, from?: string): Keyring => {
  const version = String(Math.max(...keys.map((one) => Number(one.version))) + 1);
  return [{ version, key, ...(from === undefined ? {} : { from }) }, ...keys];
};

/** The keys that may be met at `now` (milliseconds since the epoch), the one to use first; then the others, newest first. */
export const inUse = (keys: Keyring, now: number): Keyring => {
  const current = currentOf(keys, now);
  return [...keys.slice(current, current + 1), ...keys.slice(0, current), ...keys.slice(current + 1)];
};

/**
 * The keys to look for at `now`, and those to write under. Until a new key counts, what is written lies under it and
 * under the one before: so those who know it already and those who do not yet find each other's.
 */
export type LookupKeys = { readonly known: Keyring; readonly written: Keyring };

export const lookupKeys = (keys: Keyring, now: number): LookupKeys => ({
  known: keys,
  written: keys.slice(0, currentOf(keys, now) + 1),
});

const currentOf = (keys: Keyring, now: number): number => {
  const found = keys.findIndex(({ from }) => from === undefined || Date.parse(from) <= now);
  return found === -1 ? keys.length - 1 : found;
};
