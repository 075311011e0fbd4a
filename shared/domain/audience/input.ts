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

/** A version looked at before it goes live, beside the one that is, and the clock as it is held: ISO-8601 UTC. */
export type PreviewAsked = {
  readonly version: string;
  readonly live: string;
  readonly now: string;
  /** What is done away with. */
  readonly removed: readonly string[];
  /** Names of the segments of both. */
  readonly segments: readonly string[];
};
const PreviewInput = z.object({
  version: z.string(),
  live: z.string(),
  now: z.string(),
  removed: z.array(z.string()),
  segments: z.array(z.string()),
});
export const previewAsked = ({ input }: Pick<Job, "input">): PreviewAsked => z.parse(PreviewInput, input);

/** What a job keeps of what it is to do. */
export const inputOf = (asked: Send | MembersAsked | SizesAsked | PreviewAsked): JsonObject =>
  z.parse(Input, asked);
const Input = z.custom<JsonObject>(isObject);
