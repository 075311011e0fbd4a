import type { Clock } from "#ports/clock.ts";
import type { ApiKey, KeyStore } from "#ports/key-store.ts";

const KNOWN_MS = 60_000;
/** A key that was made a moment after it was first tried should not stay unknown for a minute. */
const UNKNOWN_MS = 5_000;
const MAX_CACHED = 10_000;

/** Looks keys up by hash and remembers the answer: a revoked key dies within 60 s. */
export const cachedKeys = (store: KeyStore, clock: Clock): KeyStore["find"] => {
  const cache = new Map<string, { readonly key: ApiKey | null; readonly until: number }>();
  return async function findKey(hash) {
    const known = cache.get(hash);
    const asked = clock.now();
    if (known !== undefined && known.until > asked) return known.key;
    const key = await store.find(hash);
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(hash, { key, until: asked + (key === null ? UNKNOWN_MS : KNOWN_MS) });
    return key;
  };
};
