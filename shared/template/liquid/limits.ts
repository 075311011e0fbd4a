import { BOUNDS } from "#kernel/bounds.ts";

/** What a template may cost (invariant 12). A legitimate mail stays far below each of these. */
export const TEMPLATE_LIMITS = {
  /** Characters of source. */
  source: BOUNDS.templateBytes,
  /** Characters of output. */
  output: 1024 * 1024,
  /** Milliseconds of one rendering. */
  time: 1_000,
  /** Objects and characters that tags and filters make on the way. */
  memory: 5_000_000,
} as const;

/** html: every output is escaped unless its last filter is `raw`. text: nothing is (subjects, text parts, what is plain text). */
export type OutputMode = "html" | "text";
