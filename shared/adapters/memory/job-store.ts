import type { Job, Slice } from "#domain/audience/job.ts";
import { NOTHING_TOLD, type Told } from "#domain/audience/send.ts";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import type { JobStore } from "#ports/job-store.ts";

const placeOf = ({ createdAt, jobId }: Job): string => `${createdAt}#${jobId}`;
const nameOf = ({ jobId, round, slice }: Pick<Slice, "jobId" | "round" | "slice">): string =>
  `${jobId}#${round}#${slice}`;

/** Jobs in maps. Each call is one step of the event loop: as atomic as a transaction. */
export const memoryJobStore = (): JobStore => {
  const jobs = new Map<string, Job>();
  const slices = new Map<string, Slice>();
  const told = new Map<string, Told>();
  const reports = new Set<string>();
  const keep = (all: readonly Slice[]): void => {
    for (const slice of all) slices.set(nameOf(slice), slice);
  };
  return {
    create: async (job, all) => {
      if (jobs.has(job.jobId)) return false;
      jobs.set(job.jobId, job);
      keep(all);
      return true;
    },
    get: async (jobId) => jobs.get(jobId) ?? null,
    read: async (jobId) => {
      const job = jobs.get(jobId);
      if (job === undefined) return null;
      const own = [...slices.values()].filter((slice) => slice.jobId === jobId && slice.round === job.round);
      return { job, slices: own, told: told.get(jobId) ?? NOTHING_TOLD };
    },
    save: async (job, all = []) => {
      if (jobs.get(job.jobId)?.version !== job.version - 1) return "conflict";
      jobs.set(job.jobId, job);
      keep(all);
      return "saved";
    },
    slice: async (of) => slices.get(nameOf(of)) ?? null,
    saveSlice: async (slice) => {
      if (slices.get(nameOf(slice))?.version !== slice.version - 1) return "conflict";
      keep([slice]);
      return "saved";
    },
    list: async (kinds, { limit, cursor }) => {
      const before = cursor === undefined ? null : fromCursor(cursor, /^\d{4}-[^#]+#\w+$/);
      const found = [...jobs.values()]
        .filter((job) => kinds.includes(job.kind) && (before === null || placeOf(job) < before))
        .sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
      const last = found[limit - 1];
      const hasMore = found.length > limit && last !== undefined;
      return { jobs: found.slice(0, limit), cursor: hasMore ? toCursor(placeOf(last)) : null };
    },
    tell: async (jobId, what, reportId) => {
      const before = told.get(jobId) ?? NOTHING_TOLD;
      const mark = `${jobId}#${what}#${reportId}`;
      if (reports.has(mark)) return before;
      reports.add(mark);
      const after = { ...before, [what]: before[what] + 1 };
      told.set(jobId, after);
      return after;
    },
  };
};
