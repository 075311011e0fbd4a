import * as z from "zod/mini";
import { eventName, feel, fieldName, json, LIMITS, line, listOf, mapOf, name, text } from "./text.ts";

const SourceFields = z.strictObject({
  description: z.optional(text()),
  match: json(),
  customer: mapOf(name(), feel()),
  event: eventName(),
  properties: z.optional(mapOf(fieldName(), feel())),
  at: z.optional(feel()),
  id: z.optional(feel()),
});

const ForeignFields = z.strictObject({
  configurationSet: z.optional(line(200)),
  channel: z.optional(name()),
  from: z.optional(line(320)),
  category: name(),
  action: z.optional(name()),
});

const isName = (text: string): boolean => z.safeParse(name(), text).success;

/**
 * `sources.yaml`: name -> how one kind of cloud event becomes a customer's event; under `foreign` what other systems send
 * to customers by the same account.
 */
export const SourcesFile = z
  .catchall(z.object({ foreign: z.optional(listOf(ForeignFields)) }), SourceFields)
  .check(
    z.refine((value) => Object.keys(value).length <= LIMITS.perList, {
      error: `at most ${LIMITS.perList} entries`,
    }),
    z.refine((value) => Object.keys(value).every(isName), {
      error:
        "names of letters, digits, spaces, dots, dashes and underscores, starting with a letter or digit",
    }),
  );
export type SourcesFile = z.infer<typeof SourcesFile>;
