import * as z from "zod/mini";
import { between, date, feel, formula, json, listOf, name, text } from "./text.ts";

const TreatmentFields = z.strictObject({
  name: z.optional(name()),
  channel: name(),
  template: z.optional(name()),
  content: z.optional(json()),
  weight: z.optional(between(0, 1_000)),
});

/** `actions/<name>.yaml`: one file, one action. */
export const ActionFile = z.strictObject({
  name: z.optional(name()),
  description: z.optional(text()),
  category: name(),
  group: z.optional(name()),
  placements: listOf(name()).check(z.minLength(1, { error: "at least one placement" })),
  activeFrom: z.optional(date()),
  activeTo: z.optional(date()),
  eligible: z.optional(z.union([listOf(feel()), feel()])),
  value: z.optional(formula()),
  valueToCustomer: z.optional(formula()),
  propensity: z.optional(formula()),
  contextWeight: z.optional(formula()),
  lever: z.optional(between(0, 1_000)),
  treatments: listOf(TreatmentFields).check(z.minLength(1, { error: "at least one treatment" })),
  extra: z.optional(json()),
});
export type ActionFile = z.infer<typeof ActionFile>;
