import * as z from "zod/mini";
import { duration, eventName, feel, listOf, mapOf, name, text, timeOfDay } from "./text.ts";

const TriggerFields = z.strictObject({
  description: z.optional(text()),
  on: z.optional(eventName()),
  at: z.optional(feel()),
  hour: z.optional(timeOfDay()),
  every: z.optional(z.enum(["month", "year"])),
  holidays: z.optional(listOf(name())),
  if: z.optional(feel()),
  after: z.optional(duration()),
  unless: z.optional(z.union([listOf(eventName()), eventName()])),
  maxAge: z.optional(duration()),
  placement: z.optional(name()),
});
const isOne = ({ on, at }: { readonly on?: unknown; readonly at?: unknown }): boolean =>
  (on === undefined) !== (at === undefined);

/** `triggers.yaml`: name -> trigger. */
export const TriggersFile = mapOf(
  name(),
  TriggerFields.register(z.globalRegistry, { oneOf: [{ required: ["on"] }, { required: ["at"] }] }).check(
    z.refine(isOne, { error: 'either "on", an event, or "at", a day of the customer\'s' }),
  ),
);
export type TriggersFile = z.infer<typeof TriggersFile>;
