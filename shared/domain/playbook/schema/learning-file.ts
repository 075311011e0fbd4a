import * as z from "zod/mini";
import { between, duration, eventName, feel, fieldName, mapOf, name, text, whole } from "./text.ts";

const ExplorationFields = z.strictObject({
  method: z.optional(z.enum(["inverse-gap", "thompson", "none"])),
  floor: z.optional(between(0, 1)),
  greed: z.optional(between(0, 1_000_000)),
  optimism: z.optional(between(0, 10)),
});

/** `learning.yaml`: what propensities are learnt from. Without the file nothing is learnt. */
export const LearningFile = z.strictObject({
  description: z.optional(text()),
  learner: z.optional(z.enum(["auto", "counters", "linear"])),
  predictors: z.optional(mapOf(fieldName(), feel())),
  segmentBy: z.optional(whole(0, 3)),
  outcomes: mapOf(name(), between(0, 1)),
  conversions: z.optional(mapOf(eventName(), between(0, 1))),
  window: z.optional(duration()),
  halfLife: z.optional(duration()),
  impressions: z.optional(z.enum(["answered", "reported"])),
  exploration: z.optional(ExplorationFields),
});
export type LearningFile = z.infer<typeof LearningFile>;
