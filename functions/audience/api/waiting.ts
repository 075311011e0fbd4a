import { isOver } from "#domain/audience/job.ts";
import type { KeptJob } from "#ports/job-store.ts";
import type { AudienceDependencies } from "./dependencies.ts";

const LOOK_MS = 50;

/** The job once it is over, or as it is when the patience is. */
export const whenOver = async (
  { jobs, clock, sleep }: Pick<AudienceDependencies, "jobs" | "clock" | "sleep">,
  kept: KeptJob,
  patienceMs: number,
): Promise<KeptJob> => {
  const until = clock.now() + patienceMs;
  let now = kept;
  while (!isOver(now.job) && clock.now() < until) {
    await sleep(LOOK_MS);
    now = (await jobs.read(kept.job.jobId)) ?? now;
  }
  return now;
};

/** How long the walk of a job took, in milliseconds. */
export const tookMs = ({ job: { startedAt, finishedAt } }: KeptJob): number =>
  startedAt === undefined || finishedAt === undefined ? 0 : Date.parse(finishedAt) - Date.parse(startedAt);
