import * as z from "zod/mini";
import { Problem } from "./shapes.ts";

/** What is found in a playbook's files, and where. Lines and columns count from 1. */
export const Finding = z.object({
  severity: z.enum(["error", "warning"]),
  file: z.string(),
  line: z.int(),
  column: z.int(),
  code: z.string(),
  message: z.string(),
  expected: z.optional(z.string()),
  /** Line of the row of a decision table that a gap is best shown beside. */
  beside: z.optional(z.int()),
});

/** Files that are no playbook as they are. */
export const PlaybookProblem = z.extend(Problem, {
  code: z.literal("playbook_invalid"),
  errors: z.array(Finding),
  warnings: z.array(Finding),
});
