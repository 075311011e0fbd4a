import * as z from "zod/mini";
import type { SyntaxTree } from "#feel/index.ts";
import { isObject, type JsonObject } from "#kernel/json.ts";
import type { Job } from "./job.ts";
import type { Send } from "./send.ts";

/* What a job is to do, as it lies in the job: we wrote it ourselves, so one look that it is what we wrote is enough. */

const Tree = z.custom<SyntaxTree>(isObject);
const SendInput = z.object({
  name: z.string(),
  audience: z.union([z.object({ segment: z.string() }), z.object({ if: z.string(), tree: Tree })]),
  placement: z.string(),
  dryRun: z.boolean(),
  at: z.exactOptional(z.string()),
  hour: z.exactOptional(z.string()),
  stopAt: z.object({ bounced: z.number(), complained: z.number() }),
});

export const sendIn = ({ input }: Pick<Job, "input">): Send => z.parse(SendInput, input);

/** A page of the members of a segment. */
export type MembersAsked = { readonly segment: string; readonly limit: number };
const MembersInput = z.object({ segment: z.string(), limit: z.int() });
export const membersIn = ({ input }: Pick<Job, "input">): MembersAsked => z.parse(MembersInput, input);

/** Sizes count for the version that they were counted by. */
export type SizesAsked = { readonly version: string };
export const sizesIn = ({ input }: Pick<Job, "input">): SizesAsked =>
  z.parse(z.object({ version: z.string() }), input);

/** What a job keeps of what it is to do. */
export const inputOf = (asked: Send | MembersAsked | SizesAsked): JsonObject => z.parse(Input, asked);
const Input = z.custom<JsonObject>(isObject);
