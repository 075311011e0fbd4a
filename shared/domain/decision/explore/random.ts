import { createHash } from "node:crypto";

/**
 * Uniform numbers in [0, 1) drawn from an id: the n-th is always the same, so that a replay draws what the decision
 * drew. Nothing is hashed before something is drawn.
 */
export const drawsFrom = (id: string): (() => number) => {
  let count = 0;
  return () => {
    const digest = createHash("sha256").update(`${id}\u0000draw\u0000${count}`).digest();
    count += 1;
    return digest.readUInt32BE(0) / 2 ** 32;
  };
};
