import { inputOf, sizesIn } from "#domain/audience/input.ts";
import { progressOf } from "#domain/audience/job.ts";
import { sizeIn } from "#domain/audience/sizes.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import { RapportError } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "#kernel/time.ts";
import type { KeptJob } from "#ports/job-store.ts";
import type { Answer, Call } from "#runtime/http/operation.ts";
import { beginJob, walkAnew } from "#usecases/audience/begin-job.ts";
import type { AudienceDependencies } from "./dependencies.ts";
import type { operations } from "./operations.ts";
import { tookMs, whenOver } from "./waiting.ts";

type Calls = typeof operations;

/** Who asks waits so long for a count, and so long for a page of members. */
const PATIENCE_MS = { sizes: 3 * SECOND_MS, members: 10 * SECOND_MS };
/** Counting takes no more than this share of the time, however large the table is. */
const SHARE_OF_TIME = 10;
const YOUNGEST_MS = 5 * SECOND_MS;
/** A page that was long in coming serves those who ask for it again. */
const LONG_MS = 5 * SECOND_MS;
const SERVED_FOR_MS = 10 * MINUTE_MS;
/** Counts that are looked at for the last one that came to its end. */
const LOOKED_AT = 5;

/** When sizes that took so long to count are to be counted anew. */
const maxAgeOf = (counted: KeptJob): number =>
  Math.min(HOUR_MS, Math.max(YOUNGEST_MS, SHARE_OF_TIME * tookMs(counted)));

const ageOf = ({ job }: KeptJob, now: number): number => now - Date.parse(job.finishedAt ?? job.createdAt);

/** The last count, and the one that goes on, by the live version. */
const knownCounts = async ({ jobs }: AudienceDependencies, { version }: CompiledPlaybook) => {
  const { jobs: last } = await jobs.list(["sizes"], { limit: LOOKED_AT });
  const own = last.filter((job) => sizesIn(job).version === version);
  const find = async (statuses: readonly string[]): Promise<KeptJob | null> => {
    const job = own.find(({ status }) => statuses.includes(status));
    return job === undefined ? null : jobs.read(job.jobId);
  };
  const [done, going] = await Promise.all([find(["done"]), find(["queued", "running"])]);
  return { done, going, expected: done === null ? 0 : progressOf(done.job, done.slices).done };
};

/** The sizes of all segments, fresh where counting them is quick. Null: they are being counted for the first time. */
const sizes = async (deps: AudienceDependencies, playbook: CompiledPlaybook): Promise<KeptJob | null> => {
  const { done, going, expected } = await knownCounts(deps, playbook);
  const now = deps.clock.now();
  if (done !== null && ageOf(done, now) < maxAgeOf(done)) return done;
  const { version } = playbook;
  const counting =
    going ??
    (await beginJob(deps, {
      jobId: hashId("job", "sizes", version, String(Math.floor(now / SECOND_MS))),
      kind: "sizes",
      input: inputOf({ version }),
      expected,
    }));
  const counted = await whenOver(deps, counting, PATIENCE_MS.sizes);
  return counted.job.status === "done" ? counted : done;
};

const shownSize = (counted: KeptJob | null, name: string) => {
  if (counted === null) return { name, size: null, at: null };
  const { counts } = progressOf(counted.job, counted.slices);
  return { name, size: sizeIn(counts, name), at: counted.job.startedAt ?? counted.job.createdAt };
};

const segmentIn = ({ segments }: CompiledPlaybook, name: string): void => {
  if (segments.some((segment) => segment.name === name)) return;
  throw new RapportError("not_found", "the live playbook has no such segment");
};

export const listSegments = async (
  deps: AudienceDependencies,
  { query: { limit, cursor } }: Call<Calls["listSegments"]>,
): Promise<Answer<Calls["listSegments"]>> => {
  const after = cursor === undefined ? "" : fromCursor(cursor, /^.+$/);
  const playbook = await deps.playbooks.current();
  const names = playbook.segments.map(({ name }) => name).sort();
  const left = names.filter((name) => name > after);
  const page = left.slice(0, limit);
  const counted = page.length === 0 ? null : await sizes(deps, playbook);
  const last = page.at(-1);
  return {
    status: 200,
    json: {
      items: page.map((name) => shownSize(counted, name)),
      cursor: last !== undefined && left.length > limit ? toCursor(last) : null,
    },
  };
};

export const showSegment = async (
  deps: AudienceDependencies,
  { params: { name } }: Call<Calls["showSegment"]>,
): Promise<Answer<Calls["showSegment"]>> => {
  const playbook = await deps.playbooks.current();
  segmentIn(playbook, name);
  return { status: 200, json: shownSize(await sizes(deps, playbook), name) };
};

/** A page that is being looked for, or was a moment ago where that took long. */
const isServed = (kept: KeptJob, now: number): boolean =>
  kept.job.status !== "done" || (tookMs(kept) >= LONG_MS && ageOf(kept, now) < SERVED_FOR_MS);

export const listMembers = async (
  deps: AudienceDependencies,
  { params: { name: segment }, query: { limit, cursor } }: Call<Calls["listMembers"]>,
): Promise<Answer<Calls["listMembers"]>> => {
  const after = cursor === undefined ? undefined : fromCursor(cursor, /^cus_\w+$/);
  const playbook = await deps.playbooks.current();
  segmentIn(playbook, segment);
  const jobId = hashId("job", "members", playbook.version, segment, String(limit), after ?? "");
  const known = await deps.jobs.read(jobId);
  const begun =
    known === null || isServed(known, deps.clock.now())
      ? await beginJob(deps, {
          jobId,
          kind: "members",
          input: inputOf({ segment, limit }),
          expected: 0,
          // In one part, for a page has an order.
          slices: 1,
          ...(after === undefined ? {} : { after }),
        })
      : await walkAnew(deps, jobId, () => ({}));
  const page = begun === null ? null : await whenOver(deps, begun, PATIENCE_MS.members);
  if (page?.job.status !== "done")
    throw new RapportError("unavailable", "the members are still being looked for", { retryAfter: 5 });
  const found = page.slices.flatMap((slice) => slice.found);
  const last = found[limit - 1];
  return {
    status: 200,
    json: {
      items: found.slice(0, limit).map((customerId) => ({ customerId })),
      cursor: last !== undefined && found.length > limit ? toCursor(last) : null,
    },
  };
};
