import * as z from "zod/mini";
import {
  between,
  duration,
  endOfTime,
  holiday,
  line,
  listOf,
  locale,
  mapOf,
  name,
  phonePrefix,
  text,
  timeOfDay,
  timeZone,
  whole,
} from "./text.ts";

const CategoryFields = z.strictObject({
  consent: z.enum(["express", "implied", "none"]),
  transactional: z.optional(z.boolean()),
  confirm: z.optional(z.enum(["single", "double"])),
  description: z.optional(text()),
  titles: z.optional(mapOf(locale(), line(100))),
});

export const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const days = () => listOf(z.enum(DAYS));

/** Without times: whole days. */
const quietTime = {
  from: z.optional(timeOfDay()),
  to: z.optional(endOfTime()),
  days: z.optional(days()),
  holidays: z.optional(listOf(name())),
};

const QuietHoursFields = z.strictObject({
  ...quietTime,
  channels: z.optional(listOf(name())),
  categories: z.optional(listOf(name())),
});

const RegionFields = z.strictObject({
  name: name(),
  phones: listOf(phonePrefix()).check(z.minLength(1, { error: "at least one beginning of phone numbers" })),
  zones: z.optional(listOf(timeZone())),
  quietHours: z.optional(listOf(z.strictObject(quietTime))),
  channels: z.optional(listOf(name())),
  categories: z.optional(listOf(name())),
});

const ConsentExpiryFields = z.strictObject({
  kind: z.enum(["express", "implied"]),
  source: z.optional(name()),
  after: duration(),
  categories: z.optional(listOf(name())),
});

const InterruptionFields = z.strictObject({
  minimum: between(0, 1_000_000),
  channels: z.optional(listOf(name())),
  categories: z.optional(listOf(name())),
});

const CapFields = z.strictObject({
  name: name(),
  /** Zero is refused in words of its own by check/policy.ts. */
  max: whole(0, 100_000, 1),
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

const HoldFields = z.strictObject({
  if: text(),
  categories: listOf(name()).check(z.minLength(1, { error: "at least one category" })),
  for: z.optional(duration()),
});

/** `contact-policy.yaml`. */
export const ContactPolicyFile = z.strictObject({
  categories: mapOf(name(), CategoryFields),
  holidays: z.optional(mapOf(name(), listOf(holiday()))),
  quietHours: z.optional(listOf(QuietHoursFields)),
  regions: z.optional(listOf(RegionFields)),
  consentExpiry: z.optional(listOf(ConsentExpiryFields)),
  interruptions: z.optional(listOf(InterruptionFields)),
  caps: z.optional(listOf(CapFields)),
  coolDowns: z.optional(listOf(CoolDownFields)),
  holdWhile: z.optional(listOf(HoldFields)),
  holdout: z.optional(between(0, 0.5)),
});
export type ContactPolicyFile = z.infer<typeof ContactPolicyFile>;
