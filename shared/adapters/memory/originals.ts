import type { Originals } from "#ports/originals.ts";

/** Originals in memory. @param kept by key; a test may look into it */
export const memoryOriginals = (kept: Map<string, string> = new Map()): Originals => ({
  keep: async (key, payload) => {
    kept.set(key, payload);
  },
});
