import { gunzipSync, gzipSync } from "node:zlib";

/** An item may have 400 KB; a chunk leaves room for keys. */
const CHUNK_BYTES = 300 * 1024;

/** A long text as items keep it: gzip, in parts that fit into an item each. */
export const toChunks = (text: string): readonly Uint8Array[] => {
  const packed = gzipSync(text);
  const count = Math.ceil(packed.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, index) =>
    packed.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES),
  );
};

/** A text as one item keeps it: one that stays far below an item's 400 KB. */
export const pack = (text: string): Uint8Array => gzipSync(text);

/** The text of chunks, in their order. Throws what zlib throws when one is missing or damaged. */
export const fromChunks = (chunks: readonly Uint8Array[]): string =>
  gunzipSync(Buffer.concat(chunks)).toString("utf8");

/** Sort key of a chunk, `document#0002`: in order when sorted. */
export const chunkKey = (part: string, index: number): string => `${part}#${String(index).padStart(4, "0")}`;
