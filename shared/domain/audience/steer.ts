import { isOver, type Job } from "./job.ts";

export type JobCommand = "pause" | "resume" | "cancel";

/** A job after a command; null: the command changes nothing. */
export const steered = (job: Job, command: JobCommand, now: string): Job | null => {
  if (isOver(job)) return null;
  const { reason: _, ...rest } = job;
  switch (command) {
    case "pause":
      return job.status === "paused" ? null : { ...rest, status: "paused" };
    case "resume":
      return job.status === "paused" ? { ...rest, status: waitsAt(job, now) ? "queued" : "running" } : null;
    case "cancel":
      return { ...rest, status: "cancelled", finishedAt: now };
  }
};

/** Whether its time has not come yet. */
export const waitsAt = ({ startsAt }: Pick<Job, "startsAt">, now: string): boolean =>
  startsAt !== undefined && startsAt > now;

/** The same job to be walked once more from its beginning, by a new round of slices. */
export const walkedAnew = (
  job: Job,
  { input = job.input, startsAt }: { readonly input?: Job["input"]; readonly startsAt?: string } = {},
): Job => {
  const { startedAt: _s, finishedAt: _f, reason: _r, startsAt: _a, ...rest } = job;
  const beginning = startsAt === undefined ? {} : { startsAt };
  return { ...rest, ...beginning, input, status: "queued", round: job.round + 1 };
};

/** A job that is over by itself. */
export const ended = (job: Job, how: "done" | { readonly failed: string }, now: string): Job =>
  how === "done"
    ? { ...job, status: "done", finishedAt: now }
    : { ...job, status: "failed", reason: how.failed, finishedAt: now };
