import * as z from "zod/mini";
import type { Job, JobKind, Slice } from "#domain/audience/job.ts";
import type { Told } from "#domain/audience/send.ts";
import { isObject } from "#kernel/json.ts";
import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import { attributes, type Item, keyOf } from "../requests/items.ts";

/*
 * The table `jobs`: pk = jobId, sk = `job`, `slice#<round>#<slice>`, `told` (counts of what came of its messages), or
 * `report#<what>#<id>`, which marks a report that is counted. The job itself has `kind` and `created`, which make the list.
 */

/** We wrote the bodies ourselves: one look that it is what we wrote is enough. */
const JobBody = z.custom<Job>((value) => isObject(value) && typeof value.jobId === "string");
const SliceBody = z.custom<Slice>((value) => isObject(value) && typeof value.turn === "number");

/** How long a job can be looked up. Of members one page is asked for once; sizes are counted anew. */
const KEPT_MS: Readonly<Record<JobKind, number>> = {
  send: 400 * DAY_MS,
  sizes: 7 * DAY_MS,
  members: HOUR_MS,
  preview: 7 * DAY_MS,
};
const expiresAt = (createdAt: string, kind: JobKind): number =>
  Math.ceil((Date.parse(createdAt) + KEPT_MS[kind]) / 1_000);
/** What belongs to a job does not know its kind: it is gone with the longest of them. */
const LONGEST_MS = KEPT_MS.send;

const JOB = "job";
const TOLD = "told";
/** Numbers of a width sort as they count. */
const numbered = (number: number): string => String(number).padStart(4, "0");
export const roundPrefix = (round: number): string => `slice#${numbered(round)}#`;
export const sliceKey = ({ jobId, round, slice }: Pick<Slice, "jobId" | "round" | "slice">): Item =>
  keyOf(jobId, `${roundPrefix(round)}${numbered(slice)}`);
export const jobKey = (jobId: string): Item => keyOf(jobId, JOB);
export const toldKey = (jobId: string): Item => keyOf(jobId, TOLD);
export const reportKey = (jobId: string, what: keyof Told, reportId: string): Item =>
  keyOf(jobId, `report#${what}#${reportId}`);
export const markExpiry = (now: number): number => Math.ceil((now + LONGEST_MS) / 1_000);

export const placeOf = ({ createdAt, jobId }: Job): string => `${createdAt}#${jobId}`;

export const toJobItem = (job: Job): Item => ({
  ...jobKey(job.jobId),
  ...attributes({
    kind: job.kind,
    created: placeOf(job),
    version: job.version,
    body: JSON.stringify(job),
    expires: expiresAt(job.createdAt, job.kind),
  }),
});
export const fromJobItem = (item: Item): Job => z.parse(JobBody, JSON.parse(item.body?.S ?? "null"));

export const toSliceItem = (slice: Slice, { createdAt, kind }: Pick<Job, "createdAt" | "kind">): Item => ({
  ...sliceKey(slice),
  ...attributes({
    version: slice.version,
    body: JSON.stringify(slice),
    expires: expiresAt(createdAt, kind),
  }),
});
export const fromSliceItem = (item: Item): Slice => z.parse(SliceBody, JSON.parse(item.body?.S ?? "null"));

export const fromToldItem = (item: Item | undefined): Told => ({
  bounced: Number(item?.bounced?.N ?? 0),
  complained: Number(item?.complained?.N ?? 0),
});
