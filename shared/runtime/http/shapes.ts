import * as z from "zod/mini";
import type { JsonObject as Members } from "#kernel/json.ts";

/** What the API's document shows of a schema instead of what the schema itself says. */
export const jsonShapes = z.registry<Readonly<Record<string, unknown>>>();

/** Members of the caller's own choice. A type that holds itself stops some generators of clients. */
export const JsonObject: z.ZodMiniType<Members> = z
  .record(z.string(), z.json())
  .register(jsonShapes, { type: "object", additionalProperties: true });

/** The name of something, or its id. */
export const name = z.string().check(z.minLength(1), z.maxLength(200));
/** A time as callers give it, ISO-8601 with its zone. */
export const time = z.iso.datetime({ offset: true });
/** A customerId or `type:value`. */
export const ref = z.string().check(z.minLength(1), z.maxLength(600));

/** What is answered instead of what was asked for: RFC 9457, with `code` and `message` as Segment's clients expect them. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  message: z.string(),
  detail: z.optional(z.string()),
  errors: z.optional(
    z.array(
      z.object({
        path: z.string(),
        expected: z.string(),
        got: z.string(),
        line: z.optional(z.int()),
        column: z.optional(z.int()),
      }),
    ),
  ),
});
