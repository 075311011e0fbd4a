import * as z from "zod/mini";
import { eventName, feel, fieldName, json, mapOf, name, text } from "./text.ts";

const SourceFields = z.strictObject({
  description: z.optional(text()),
  match: json(),
  customer: mapOf(name(), feel()),
  event: eventName(),
  properties: z.optional(mapOf(fieldName(), feel())),
  at: z.optional(feel()),
  id: z.optional(feel()),
});

/** `sources.yaml`: name -> how one kind of cloud event becomes a customer's event. */
export const SourcesFile = mapOf(name(), SourceFields);
export type SourcesFile = z.infer<typeof SourcesFile>;
