import * as z from "zod/mini";
import { date, line, listOf, text } from "./text.ts";

/** The head of `knowledge/<page>.md`. */
export const KnowledgeHead = z.strictObject({
  title: line(150),
  words: z.optional(listOf(line(60), 50)),
  answer: z.optional(text(1_000)),
  activeFrom: z.optional(date()),
  activeTo: z.optional(date()),
});
export type KnowledgeHead = z.infer<typeof KnowledgeHead>;
