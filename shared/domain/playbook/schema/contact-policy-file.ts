import * as z from "zod/mini";
import { between, duration, listOf, mapOf, name, text, timeOfDay, whole } from "./text.ts";

const CategoryFields = z.strictObject({
  consent: z.enum(["express", "implied", "none"]),
  transactional: z.optional(z.boolean()),
  description: z.optional(text()),
});

const QuietHoursFields = z.strictObject({
  from: timeOfDay(),
  to: timeOfDay(),
  channels: z.optional(listOf(name())),
  categories: z.optional(listOf(name())),
});

const CapFields = z.strictObject({
  name: name(),
  /** Zero is refused in words of its own by check/policy.ts. */
  max: whole(0, 100_000),
  window: duration(),
  channels: z.optional(listOf(name())),
  categories: z.optional(listOf(name())),
  actions: z.optional(listOf(name())),
});

const CoolDownFields = z.strictObject({
  outcome: name(),
  for: duration(),
  actions: z.optional(listOf(name())),
});

/** `contact-policy.yaml`. */
export const ContactPolicyFile = z.strictObject({
  categories: mapOf(name(), CategoryFields),
  quietHours: z.optional(listOf(QuietHoursFields)),
  caps: z.optional(listOf(CapFields)),
  coolDowns: z.optional(listOf(CoolDownFields)),
  holdout: z.optional(between(0, 0.5)),
});
export type ContactPolicyFile = z.infer<typeof ContactPolicyFile>;
