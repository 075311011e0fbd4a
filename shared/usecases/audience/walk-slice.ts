import { type Job, type JobKind, type Slice, type Stepped, steppedSlice } from "#domain/audience/job.ts";
import { stretchOf } from "#domain/audience/pace.ts";
import { ended } from "#domain/audience/steer.ts";
import type { JobTurn } from "#events/job-turn.ts";
import { RapportError } from "#kernel/errors.ts";
import { SECOND_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { CustomerPage, CustomerScan } from "#ports/customer-scan.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { JobStore } from "#ports/job-store.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import type { Timers } from "#ports/timers.ts";
import { turnEvent, turnTimer } from "./turns.ts";

/** What a kind of job does with a page of customers. Made once for a turn: it reads what it needs at its beginning. */
export type Step = (page: CustomerPage) => Promise<Stepped>;

export type WalkDependencies = {
  readonly jobs: JobStore;
  readonly customers: CustomerScan;
  readonly kinds: Readonly<Record<JobKind, (job: Job) => Promise<Step>>>;
  readonly bus: EventBus;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};

/** One turn works so long, then hands on: far from its function's end, so that a page is never cut off. */
const WORK_MS = 15 * SECOND_MS;
/** A page takes a part of this. Who dies holding a slice is followed as soon as it is over. */
const HELD_MS = 20 * SECOND_MS;
const PAGE = 100;

/** The slice, taken by this turn; null: there is nothing to do, or somebody else does it. */
const take = async ({ jobs, clock }: WalkDependencies, job: Job, of: JobTurn): Promise<Slice | null> => {
  const slice = await jobs.slice(of);
  if (slice === null || slice.isDone) return slice;
  const now = clock.now();
  if (slice.restsUntil > now) return null;
  if (slice.heldUntil > now) {
    // A turn that was handed on, delivered twice: its successor is at work.
    if (of.turn < slice.turn) return null;
    const retryAfter = Math.ceil((slice.heldUntil - now) / SECOND_MS);
    throw new RapportError("unavailable", "somebody else walks this part", { retryAfter });
  }
  const taken = written({ ...slice, turn: Math.max(slice.turn, of.turn), heldUntil: now + HELD_MS });
  if ((await jobs.saveSlice(taken, job)) === "saved") return taken;
  throw new RapportError("unavailable", "somebody else walks this part", { retryAfter: 1 });
};

const written = <Kept extends Slice | Job>(kept: Kept): Kept => ({ ...kept, version: kept.version + 1 });

const isoOf = (ms: number): string => new Date(ms).toISOString();

/** The job, told that it has begun; null: it is over, paused, or walked anew. */
const begun = async ({ jobs, clock }: WalkDependencies, { jobId, round }: JobTurn): Promise<Job | null> => {
  const job = await jobs.get(jobId);
  if (job === null || job.round !== round) return null;
  if (job.status === "running") return job;
  if (job.status !== "queued") return null;
  const running = written({ ...job, status: "running", startedAt: isoOf(clock.now()) } as const);
  return (await jobs.save(running)) === "saved" ? running : jobs.get(jobId);
};

/** Gives the slice back, for its next turn to take: at once, or when its rate allows it. */
const handOn = async (
  { jobs, bus, timers }: WalkDependencies,
  job: Job,
  slice: Slice,
  restsUntil = 0,
): Promise<void> => {
  const next = written({ ...slice, turn: slice.turn + 1, heldUntil: 0, restsUntil });
  // Before it rests: a timer that fires for nothing does nothing, one that is lacking stops the walk.
  if (restsUntil > 0) await timers.set([turnTimer(next, isoOf(restsUntil))]);
  if ((await jobs.saveSlice(next, job)) === "conflict") return;
  if (restsUntil === 0) await bus.publish([turnEvent(next)]);
};

/** Whoever ends the last slice ends the job; a turn that comes twice looks again. */
const endIfAll = async ({ jobs, clock }: WalkDependencies, jobId: string): Promise<void> => {
  const kept = await jobs.read(jobId);
  if (kept === null || kept.job.status !== "running" || !kept.slices.every(({ isDone }) => isDone)) return;
  await jobs.save(written(ended(kept.job, "done", isoOf(clock.now()))));
};

/** What will never succeed ends the job, and whoever asked for it reads why. */
const fail = async ({ jobs, clock }: WalkDependencies, jobId: string, reason: string): Promise<void> => {
  const job = await jobs.get(jobId);
  if (job?.status === "running") await jobs.save(written(ended(job, { failed: reason }, isoOf(clock.now()))));
};

type Walking = { readonly job: Job; readonly slice: Slice; readonly step: Step };

/** Page by page, until the part is done, the time or the rate is used up, or somebody stopped the job. */
const walk = async (deps: WalkDependencies, { job, slice: taken, step }: Walking): Promise<void> => {
  const { jobs, customers, clock } = deps;
  const began = clock.now();
  const stretch = stretchOf(job);
  const mayDo = stretch?.customers ?? Number.POSITIVE_INFINITY;
  let slice = taken;
  let did = 0;
  while (!slice.isDone) {
    const cursor = slice.cursor ?? (job.after === undefined ? undefined : customers.after(job.after));
    const limit = Math.min(PAGE, mayDo - did);
    const part = { slice: slice.slice, slices: job.slices, ...(cursor === undefined ? {} : { cursor }) };
    const page = await customers.page({ ...part, limit });
    const after = steppedSlice(slice, page, await step(page));
    slice = written({ ...after, heldUntil: after.isDone ? 0 : clock.now() + HELD_MS });
    if ((await jobs.saveSlice(slice, job)) === "conflict") return;
    did += page.records.length;
    if (slice.isDone) return endIfAll(deps, job.jobId);
    const now = await jobs.get(job.jobId);
    if (now?.status !== "running" || now.round !== job.round) {
      await jobs.saveSlice(written({ ...slice, heldUntil: 0 }), job);
      return;
    }
    if (did >= mayDo) return handOn(deps, job, slice, began + (stretch?.ms ?? 0));
    if (clock.now() - began >= WORK_MS) return handOn(deps, job, slice);
  }
};

/**
 * Walks a part of a job where its last turn ended. A page is done, then what was done is written together with the cursor:
 * a process that dies anywhere costs one page's work, which the next turn does again, and each kind's effects bear that.
 */
export const walkSlice = async (deps: WalkDependencies, turn: JobTurn): Promise<void> => {
  const job = await begun(deps, turn);
  if (job === null || job.status !== "running") return;
  const slice = await take(deps, job, turn);
  if (slice === null) return;
  if (slice.isDone) return endIfAll(deps, job.jobId);
  try {
    await walk(deps, { job, slice, step: await deps.kinds[job.kind](job) });
  } catch (error) {
    if (!(error instanceof RapportError) || error.transient) throw error;
    deps.telemetry.log.error("a job was given up", error, { recordId: job.jobId, code: error.code });
    await fail(deps, job.jobId, error.message);
  }
};
