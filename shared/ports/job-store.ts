import type { Job, JobKind, Slice } from "#domain/audience/job.ts";
import type { Told } from "#domain/audience/send.ts";

/** A job with the slices of its round, and what was told of its messages. */
export type KeptJob = { readonly job: Job; readonly slices: readonly Slice[]; readonly told: Told };

export type JobStore = {
  /** A new job with its slices; false: there is one of that id. */
  readonly create: (job: Job, slices: readonly Slice[]) => Promise<boolean>;
  readonly get: (jobId: string) => Promise<Job | null>;
  readonly read: (jobId: string) => Promise<KeptJob | null>;
  /** Conditional on the stored version being `version - 1`. `slices`: those of a new round. */
  readonly save: (job: Job, slices?: readonly Slice[]) => Promise<"saved" | "conflict">;
  readonly slice: (of: Pick<Slice, "jobId" | "round" | "slice">) => Promise<Slice | null>;
  /** Conditional as `save` is. */
  readonly saveSlice: (slice: Slice, job: Pick<Job, "kind" | "createdAt">) => Promise<"saved" | "conflict">;
  /** The newest first. */
  readonly list: (
    kinds: readonly JobKind[],
    page: { readonly limit: number; readonly cursor?: string },
  ) => Promise<{ readonly jobs: readonly Job[]; readonly cursor: string | null }>;
  /** Counts what came of a message of a job, each report once. */
  readonly tell: (jobId: string, what: keyof Told, reportId: string) => Promise<Told>;
};
