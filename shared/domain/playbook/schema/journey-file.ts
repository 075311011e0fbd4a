import * as z from "zod/mini";
import { durationMs } from "#kernel/duration.ts";
import { between, duration, eventName, feel, fieldName, json, listOf, mapOf, name, text } from "./text.ts";

const AFTER = "after ";

const again = () =>
  z
    .string()
    .check(
      z.refine(
        (value) =>
          value === "never" ||
          value === "always" ||
          (value.startsWith(AFTER) && (durationMs(value.slice(AFTER.length)) ?? 0) > 0),
        { error: "never, always, or after and a duration, such as after P90D" },
      ),
    );

const EnterFields = z.strictObject({
  on: z.optional(eventName()),
  segment: z.optional(fieldName()),
  if: z.optional(feel()),
  key: z.optional(feel()),
  again: z.optional(again()),
  whileInside: z.optional(z.enum(["ignore", "restart", "parallel"])),
  maxAge: z.optional(duration()),
});

const ExitFields = z.strictObject({
  on: z.optional(eventName()),
  if: z.optional(feel()),
  as: z.optional(name()),
});

const BranchFields = z.strictObject({ if: feel(), next: name() });
const ExitStepFields = z.strictObject({ as: name() });
const constant = () =>
  z.union([z.string(), z.number(), z.boolean(), z.null()], {
    error: "a text, a number, true, false or null",
  });

/** What a step may say; the arms of a split have names of their own, and what each leads to is all they say. */
const StepFields = z.catchall(
  z.object({
    description: z.optional(text()),
    decide: z.optional(name()),
    ifQuiet: z.optional(z.enum(["wait", "skip"])),
    wait: z.optional(duration()),
    until: z.optional(z.enum(["best-hour"])),
    waitFor: z.optional(eventName()),
    where: z.optional(feel()),
    within: z.optional(duration()),
    waitUntil: z.optional(feel()),
    split: z.optional(mapOf(name(), between(0, 1_000))),
    branch: z.optional(listOf(BranchFields, 50)),
    set: z.optional(mapOf(fieldName(), constant())),
    emit: z.optional(eventName()),
    properties: z.optional(json()),
    exit: z.optional(ExitStepFields),
    next: z.optional(name()),
    otherwise: z.optional(name()),
  }),
  name(),
);
export type StepFields = z.infer<typeof StepFields>;

/** `journeys/<name>.yaml`: one file, one journey. */
export const JourneyFile = z.strictObject({
  name: z.optional(name()),
  description: z.optional(text()),
  enter: z.optional(EnterFields),
  exit: z.optional(listOf(ExitFields, 50)),
  holdout: z.optional(between(0, 1)),
  maxAge: z.optional(duration()),
  moved: z.optional(mapOf(name(), name())),
  steps: mapOf(name(), StepFields).check(
    z.refine((value) => Object.keys(value).length > 0, { error: "at least one step" }),
    z.refine((value) => Object.keys(value).length <= 100, { error: "at most 100 steps" }),
  ),
});
export type JourneyFile = z.infer<typeof JourneyFile>;
