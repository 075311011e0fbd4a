import { createHash } from "node:crypto";

/** A number in [0, 1) that depends on the parts alone: the same customer always falls on the same side. */
export const fraction = (...parts: readonly string[]): number =>
  createHash("sha256").update(parts.join("\u0000")).digest().readUInt32BE(0) / 2 ** 32;

/** Whether a customer belongs to the share (0..1) that is never contacted but for transactional matters. */
export const inHoldout = (customerId: string, share: number): boolean =>
  share > 0 && fraction("holdout", customerId) < share;
