import { type Job, newJob, newSlices, type Slice } from "#domain/audience/job.ts";
import { type JobCommand, steered, waitsAt, walkedAnew } from "#domain/audience/steer.ts";
import { CONFLICT, retryConflicts } from "#kernel/retry.ts";
import type { Clock } from "#ports/clock.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { JobStore, KeptJob } from "#ports/job-store.ts";
import type { Timers } from "#ports/timers.ts";
import { turnEvent, turnTimer } from "./turns.ts";

export type JobsDependencies = {
  readonly jobs: JobStore;
  readonly bus: EventBus;
  readonly timers: Timers;
  readonly clock: Clock;
};

const TRIES = 10;
const MOVED = "the job moved meanwhile, too often";

const isoNow = ({ clock }: JobsDependencies): string => new Date(clock.now()).toISOString();

/**
 * Asks for the next turn of each slice of a job that goes on: at once, or when it may begin. Also of one whose first slices
 * are walked already: whoever asked before may have died between the first and the last.
 */
const ask = async (
  deps: JobsDependencies,
  { job, slices }: Pick<KeptJob, "job" | "slices">,
): Promise<void> => {
  if (job.status !== "queued" && job.status !== "running") return;
  const open = slices.filter(({ isDone }) => !isDone);
  if (open.length === 0) return;
  const { startsAt } = job;
  if (startsAt !== undefined && waitsAt(job, isoNow(deps)))
    await deps.timers.set(open.map((slice) => turnTimer(slice, startsAt)));
  else await deps.bus.publish(open.map(turnEvent));
};

/** Makes a job and has it walked. Of an id that there is, it is asked for once more. */
export const beginJob = async (
  deps: JobsDependencies,
  asked: Parameters<typeof newJob>[0],
): Promise<KeptJob> => {
  const job = newJob(asked, isoNow(deps));
  const slices = newSlices(job);
  const isNew = await deps.jobs.create(job, slices);
  const known = isNew ? null : await deps.jobs.read(job.jobId);
  const kept = known ?? { job, slices, told: { bounced: 0, complained: 0 } };
  await ask(deps, kept);
  return kept;
};

/** What a change of a job gives: the job, and the slices to ask for; null: it stays as it is. */
type Change = (kept: KeptJob) => { readonly job: Job; readonly slices?: readonly Slice[] } | null;

/** Changes a job as it is then, however many others do. Null: there is none. */
export const changeJob = (
  deps: JobsDependencies,
  jobId: string,
  change: Change,
): Promise<{ readonly kept: KeptJob; readonly changed: boolean } | null> =>
  retryConflicts({ tries: TRIES, message: MOVED }, async () => {
    const kept = await deps.jobs.read(jobId);
    if (kept === null) return null;
    const next = change(kept);
    if (next === null) return { kept, changed: false };
    const job = { ...next.job, version: kept.job.version + 1 };
    if ((await deps.jobs.save(job, next.slices)) === "conflict") return CONFLICT;
    return { kept: { ...kept, job, slices: next.slices ?? kept.slices }, changed: true };
  });

/** Pauses a job, lets it go on, or ends it. Null: there is none. */
export const steerJob = async (
  deps: JobsDependencies,
  jobId: string,
  command: JobCommand,
): Promise<KeptJob | null> => {
  const done = await changeJob(deps, jobId, ({ job }) => {
    const after = steered(job, command, isoNow(deps));
    return after === null ? null : { job: after };
  });
  if (done === null) return null;
  // Asked again even where it went on already: whoever let it go on may have died before anybody heard.
  if (command === "resume") await ask(deps, done.kept);
  return done.kept;
};

/**
 * Walks a job once more from its beginning, where `how` says that and with what; an earlier walk that still goes on ends.
 * Null: there is no such job.
 */
export const walkAnew = async (
  deps: JobsDependencies,
  jobId: string,
  how: (job: Job) => Parameters<typeof walkedAnew>[1] | null,
): Promise<KeptJob | null> => {
  const done = await changeJob(deps, jobId, ({ job }) => {
    const given = how(job);
    if (given === null) return null;
    const anew = walkedAnew(job, given);
    return { job: anew, slices: newSlices(anew) };
  });
  if (done === null) return null;
  await ask(deps, done.kept);
  return done.kept;
};
