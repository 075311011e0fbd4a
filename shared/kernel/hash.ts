import { createHash, createHmac } from "node:crypto";

const hashOf = (parts: readonly string[]) => createHash("sha256").update(parts.join("\u0000"));

/** First 26 hex digits (104 bits) of SHA-256 over the parts: enough for ids that never collide in practice. */
export const hashId = (prefix: string, ...parts: readonly string[]): string =>
  `${prefix}_${hashOf(parts).digest("hex").slice(0, 26)}`;

/** A number in [0, 1) that depends on the parts alone: the same always falls on the same side of a share. */
export const fraction = (...parts: readonly string[]): number =>
  hashOf(parts).digest().readUIntBE(0, 6) / 2 ** 48;

/** Keyed hash for look-ups of personal data: without the key, addresses cannot be guessed from a dump. */
export const keyedHash = (key: string, ...parts: readonly string[]): string =>
  createHmac("sha256", key).update(parts.join("\u0000")).digest("base64url");
