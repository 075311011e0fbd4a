import * as z from "zod/mini";
import { between, date, duration, eventName, listOf, mapOf, name, text } from "./text.ts";

const VariantFields = z.strictObject({
  description: z.optional(text()),
  weight: z.optional(between(0, 1_000)),
  treatments: z.optional(mapOf(name(), name())),
  levers: z.optional(mapOf(name(), between(0, 1_000))),
  holdout: z.optional(z.boolean()),
});

/** `experiments.yaml`: name -> experiment. */
export const ExperimentsFile = mapOf(
  name(),
  z.strictObject({
    description: z.optional(text()),
    placements: z.optional(listOf(name())),
    activeFrom: z.optional(date()),
    activeTo: z.optional(date()),
    variants: mapOf(name(), VariantFields),
    control: z.optional(name()),
    goals: mapOf(eventName(), between(0, 1)),
    window: z.optional(duration()),
    customers: z.optional(between(100, 1_000_000_000)),
  }),
);
export type ExperimentsFile = z.infer<typeof ExperimentsFile>;
