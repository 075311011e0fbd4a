import * as z from "zod/mini";
import { between, feel, fieldName, name, text } from "./text.ts";

const share = () => between(0.000001, 1);
const StopFields = z.strictObject({
  bounced: z.optional(share()),
  complained: z.optional(share()),
});

/** `sends/<name>.yaml`: one file, one send, begun by its name. */
export const SendFile = z.strictObject({
  description: z.optional(text()),
  segment: z.optional(fieldName()),
  if: z.optional(feel()),
  placement: name(),
  hour: z.optional(
    z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "an hour of the day such as 18:00" })),
  ),
  rate: z.optional(between(0.01, 10_000)),
  stopAt: z.optional(StopFields),
});
export type SendFile = z.infer<typeof SendFile>;
