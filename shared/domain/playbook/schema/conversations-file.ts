import * as z from "zod/mini";
import { DAYS } from "./contact-policy-file.ts";
import { duration, endOfTime, listOf, mapOf, name, text, timeOfDay, timeZone } from "./text.ts";

const OpenTimeFields = z.strictObject({ from: timeOfDay(), to: endOfTime() });

const HoursFields = z.strictObject({
  timeZone: z.optional(timeZone()),
  days: z.partialRecord(z.enum(DAYS), listOf(OpenTimeFields)),
  holidays: z.optional(listOf(name())),
});

const TeamFields = z.strictObject({
  description: z.optional(text()),
  topics: z.optional(listOf(name())),
  answerWithin: z.optional(duration()),
});

/** `conversations.yaml`: how the company answers. */
export const ConversationsFile = z.strictObject({
  description: z.optional(text()),
  answerWithin: z.optional(duration()),
  reopenWithin: z.optional(duration()),
  hours: z.optional(HoursFields),
  teams: z.optional(mapOf(name(), TeamFields)),
});
export type ConversationsFile = z.infer<typeof ConversationsFile>;
