import * as z from "zod/mini";
import { feel, line, listOf, locale, mapOf, name, propertyPath, text } from "./text.ts";

const LONGEST_ANSWER = 1_500;
const MOST_RULES = 100;
const MOST_WORDS = 50;

/** What is said, by language. */
const Said = mapOf(locale(), text(LONGEST_ANSWER));
/** Words that customers write, by language. */
const Written = mapOf(locale(), listOf(line(60), MOST_WORDS));

const HandOverFields = z.strictObject({ topic: z.optional(name()) });

const RuleFields = z.strictObject({
  name: name(),
  description: z.optional(text()),
  keywords: z.optional(Written),
  phrases: z.optional(Written),
  if: z.optional(feel()),
  find: z.optional(z.strictObject({ events: listOf(name(), 20), property: propertyPath() })),
  answer: z.optional(Said),
  notFound: z.optional(Said),
  handOver: z.optional(HandOverFields),
});

/** `replies.yaml`: what the hub answers by itself, and when it gives over to people. */
export const RepliesFile = z.strictObject({
  description: z.optional(text()),
  handOver: z.optional(
    z.strictObject({
      answer: z.optional(Said),
      closed: z.optional(Said),
      facts: z.optional(listOf(name(), 20)),
    }),
  ),
  knowledge: z.optional(z.enum(["answer", "suggest"])),
  rules: listOf(RuleFields, MOST_RULES),
});
export type RepliesFile = z.infer<typeof RepliesFile>;
