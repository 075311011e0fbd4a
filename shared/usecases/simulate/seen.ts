import { createHash } from "node:crypto";

/** Characters, six bytes: of thirty thousand simulations of a million decisions one takes a decision for another. */
const SHORT = 8;
/** A stream repeats what it was given within seconds: as many decisions as that, within a few KB of the job's item. */
const REMEMBERED = 8_192;

const shortOf = (decisionId: string): string =>
  createHash("sha256").update(decisionId).digest("base64url").slice(0, SHORT);

/** The decisions read last, as the cursor keeps them between steps: one text, since there may be thousands. */
export const seenBefore = (seen = "") => {
  const known = new Set<string>();
  for (let at = 0; at < seen.length; at += SHORT) known.add(seen.slice(at, at + SHORT));
  return {
    has: (decisionId: string): boolean => known.has(shortOf(decisionId)),
    add: (decisionId: string): void => {
      known.add(shortOf(decisionId));
    },
    /** Without those longest ago. */
    kept: (): string => [...known].slice(-REMEMBERED).join(""),
  };
};
