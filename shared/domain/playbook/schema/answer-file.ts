import * as z from "zod/mini";
import { line, listOf, locale, mapOf, name, text } from "./text.ts";

/** `answers/<name>.yaml`: one file, one canned answer, in as many languages as are spoken. */
export const AnswerFile = z.strictObject({
  description: z.optional(text()),
  title: line(100),
  topics: z.optional(listOf(name())),
  words: mapOf(locale(), text(4_000).check(z.regex(/\S/, { error: "what is to be said" }))),
});
export type AnswerFile = z.infer<typeof AnswerFile>;
