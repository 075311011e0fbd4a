import { sendIn } from "#domain/audience/input.ts";
import { type Job, progressOf } from "#domain/audience/job.ts";
import { sendCounts } from "#domain/audience/send.ts";
import type { KeptJob } from "#ports/job-store.ts";

const timesOf = ({ createdAt, startedAt, finishedAt }: Job) => ({
  createdAt,
  startedAt: startedAt ?? null,
  finishedAt: finishedAt ?? null,
});
const reasonOf = ({ reason }: Job) => (reason === undefined ? {} : { reason });

/** A job as the API shows it. */
export const shownJob = ({ job, slices }: KeptJob) => {
  const { done, total, failed, failures, units } = progressOf(job, slices);
  const { jobId, kind, status } = job;
  return {
    jobId,
    kind,
    status,
    ...reasonOf(job),
    done,
    total,
    failed,
    failures,
    ...timesOf(job),
    units,
  };
};

/** A send as the API shows it: the job, in the words of what it does. */
export const shownSend = ({ job, slices, told }: KeptJob) => {
  const { name, audience, placement, dryRun, at, hour } = sendIn(job);
  const { counts, failed, failures } = progressOf(job, slices);
  const { jobId: sendId, status, rate } = job;
  const begins = at ?? hour;
  return {
    sendId,
    name,
    status,
    ...reasonOf(job),
    dryRun,
    ...("segment" in audience ? { segment: audience.segment } : { if: audience.if }),
    placement,
    ...(begins === undefined ? {} : { at: begins }),
    ...(rate === undefined ? {} : { rate }),
    ...sendCounts(counts),
    ...told,
    failed,
    failures,
    ...timesOf(job),
  };
};
