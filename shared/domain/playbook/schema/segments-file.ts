import * as z from "zod/mini";
import { feel, fieldName, mapOf, text } from "./text.ts";

const SegmentFields = z.strictObject({
  condition: feel(),
  description: z.optional(text()),
  report: z.optional(z.boolean()),
});

/** `segments.yaml`: name -> condition. */
export const SegmentsFile = mapOf(
  fieldName(),
  z.union([feel(), SegmentFields], { error: "a condition in FEEL, or a map with condition" }),
);
export type SegmentsFile = z.infer<typeof SegmentsFile>;
