import * as z from "zod/mini";
import { duration, eventName, feel, listOf, mapOf, name, text } from "./text.ts";

const TriggerFields = z.strictObject({
  description: z.optional(text()),
  on: eventName(),
  if: z.optional(feel()),
  after: z.optional(duration()),
  unless: z.optional(z.union([listOf(eventName()), eventName()])),
  maxAge: z.optional(duration()),
  placement: z.optional(name()),
});

/** `triggers.yaml`: name -> trigger. */
export const TriggersFile = mapOf(name(), TriggerFields);
export type TriggersFile = z.infer<typeof TriggersFile>;
