import type { Originals } from "#ports/originals.ts";

/** Originals in memory. @param kept by key; a test may look into it */
export const memoryOriginals = (kept: Map<string, string | Uint8Array> = new Map()): Originals => ({
  keep: async (key, payload) => {
    kept.set(key, payload);
  },
  read: async (key, most) => {
    const payload = kept.get(key);
    if (payload === undefined) return null;
    const bytes = Buffer.from(payload);
    return { bytes: bytes.subarray(0, most), size: bytes.length };
  },
});
