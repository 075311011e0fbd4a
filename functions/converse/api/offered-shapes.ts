import * as z from "zod/mini";

/** Something that is said often, its placeholders filled for this customer. */
export const CannedAnswer = z.object({
  name: z.string(),
  title: z.string(),
  language: z.string(),
  /** Null: its words cannot be filled in for this customer. */
  text: z.nullable(z.string()),
  /** How often `___` stands in it for what is not known. */
  gaps: z.int(),
});

/** What may be answered, best first. `lastSeq`: place of the last message that it is about. */
export const Suggestions = z.object({
  lastSeq: z.int(),
  items: z.array(
    z.object({
      page: z.string(),
      version: z.string(),
      locale: z.string(),
      title: z.string(),
      /** The page in short: what may be sent as it is. */
      answer: z.string(),
      text: z.string(),
    }),
  ),
});
