import * as z from "zod/mini";
import type { JsonObject } from "#kernel/json.ts";

const json: z.ZodMiniType<JsonObject> = z.record(z.string(), z.json());
const name = z.string().check(z.minLength(1), z.maxLength(200));

/**
 * `POST /v1/decisions`: one placement, or several. Apart from what is answered (schema.ts), which is for the API's document
 * and the tests: the function would carry it, and never look at it.
 */
export const DecisionRequest = z
  .object({
    /** customerId or `type:value`. */
    customer: z.string().check(z.minLength(1), z.maxLength(600)),
    placement: z.optional(name),
    placements: z.optional(z.array(name).check(z.minLength(1), z.maxLength(20))),
    channel: z.optional(name),
    context: z.optional(json),
    data: z.optional(json),
    limit: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
    dryRun: z.optional(z.boolean()),
    explain: z.optional(z.boolean()),
  })
  .check(
    z.refine((request) => (request.placement === undefined) !== (request.placements === undefined), {
      error: "placement or placements, one of the two",
      path: ["placement"],
    }),
  );
export type DecisionRequest = z.output<typeof DecisionRequest>;
