import type { JsonObject } from "#kernel/json.ts";
import type { CustomerId } from "../records/identity.ts";

/** What walks over many customers. Each is a kind of the one engine. */
export const JOB_KINDS = ["send", "sizes", "members", "preview"] as const;
export type JobKind = (typeof JOB_KINDS)[number];

export const JOB_STATUSES = ["queued", "running", "paused", "done", "failed", "cancelled"] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** A walk over all customers, as it is kept beside its slices. */
export type Job = {
  readonly jobId: string;
  readonly kind: JobKind;
  readonly status: JobStatus;
  /** Why it failed, or why it was paused where nobody asked for that. */
  readonly reason?: string;
  /** What its kind is to do. */
  readonly input: JsonObject;
  /** Walks begun, from 1: a send that was tried dry is walked anew. Slices of an earlier one are over. */
  readonly round: number;
  /** Parts that are walked side by side. */
  readonly slices: number;
  /** Walked from behind this customer on. Absent: from the first. */
  readonly after?: CustomerId;
  /** Most customers a second, of all slices together. Absent: as fast as it goes. */
  readonly rate?: number;
  /** Customers there were when one was last counted. */
  readonly expected: number;
  /** ISO-8601 UTC, as all that follow. */
  readonly createdAt: string;
  /** Not before. Absent: at once. */
  readonly startsAt?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  /** 1 for the first write, +1 for every write. */
  readonly version: number;
};

/** A customer with whom a step did not come to its end, and why: an error's code. */
export type FailedRow = { readonly customerId: CustomerId; readonly code: string };
/** What was counted, by name. */
export type Counts = Readonly<Record<string, number>>;

/** A part of a job's walk: how far it came, and what was done until there. Both are written at once. */
export type Slice = {
  readonly jobId: string;
  readonly round: number;
  /** Number of the part, from 0. */
  readonly slice: number;
  /** How often it was handed on from one invocation to the next. */
  readonly turn: number;
  /** Nobody else takes it before, in milliseconds since the epoch; 0: nobody holds it. */
  readonly heldUntil: number;
  /** It rests until then, in milliseconds since the epoch: its rate is used up. */
  readonly restsUntil: number;
  /** Where the next page begins. Absent: at the beginning. */
  readonly cursor?: string;
  readonly isDone: boolean;
  readonly counts: Counts;
  /** Some of the customers that failed. */
  readonly failures: readonly FailedRow[];
  /** Ids that were found, for whoever asked for members. */
  readonly found: readonly string[];
  /** Read units of the walk itself. */
  readonly units: number;
  readonly version: number;
};

/** Customers looked at; those that a step could not finish. Every kind counts them. */
export const SEEN = "seen";
export const FAILED = "failed";

/** Failed customers that a slice names. */
const NAMED_FAILURES = 20;

const IS_OVER: readonly JobStatus[] = ["done", "failed", "cancelled"];
export const isOver = ({ status }: Pick<Job, "status">): boolean => IS_OVER.includes(status);

/** One invocation gets through so many customers a second: a walk that may go faster is cut into more parts. */
const RATE_OF_ONE = 100;
const MOST_SLICES = 4;
const slicesFor = (rate: number | undefined): number =>
  rate === undefined ? MOST_SLICES : Math.min(MOST_SLICES, Math.max(1, Math.ceil(rate / RATE_OF_ONE)));

type Asked = Pick<Job, "jobId" | "kind" | "input" | "expected"> & {
  readonly after?: CustomerId;
  readonly rate?: number;
  readonly startsAt?: string;
  /** Default: as many as suit the rate. */
  readonly slices?: number;
};

export const newJob = (asked: Asked, at: string): Job => ({
  slices: slicesFor(asked.rate),
  ...asked,
  status: "queued",
  round: 1,
  createdAt: at,
  version: 1,
});

export const newSlices = ({ jobId, round, slices }: Job): readonly Slice[] =>
  Array.from({ length: slices }, (_, slice) => ({
    jobId,
    round,
    slice,
    turn: 0,
    heldUntil: 0,
    restsUntil: 0,
    isDone: false,
    counts: {},
    failures: [],
    found: [],
    units: 0,
    version: 1,
  }));

export const addCounts = (one: Counts, other: Counts): Counts => {
  const sum: Record<string, number> = { ...one };
  for (const [name, by] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + by;
  return sum;
};

/** What a step did with a page of customers. */
export type Stepped = {
  readonly counts: Counts;
  readonly failures?: readonly FailedRow[];
  readonly found?: readonly string[];
  /** What was asked for is found: the rest need not be walked. */
  readonly isEnough?: boolean;
};

/** A slice after a page: the cursor, and what was done until there. */
export const steppedSlice = (
  slice: Slice,
  page: { readonly cursor: string | null; readonly units: number },
  { counts, failures = [], found = [], isEnough = false }: Stepped,
): Slice => {
  const { cursor: _, ...rest } = slice;
  return {
    ...rest,
    ...(page.cursor === null ? {} : { cursor: page.cursor }),
    isDone: page.cursor === null || isEnough,
    counts: addCounts(slice.counts, { ...counts, [FAILED]: failures.length }),
    failures: [...slice.failures, ...failures].slice(0, NAMED_FAILURES),
    found: [...slice.found, ...found],
    units: slice.units + page.units,
  };
};

/** How far a job came: the sums of its slices. */
export type Progress = {
  readonly counts: Counts;
  readonly failures: readonly FailedRow[];
  readonly units: number;
  readonly done: number;
  /** Customers to look at, as far as is known: all of them once the walk is over. */
  readonly total: number;
  readonly failed: number;
};

export const progressOf = ({ status, expected }: Job, slices: readonly Slice[]): Progress => {
  const counts = slices.reduce<Counts>((sum, slice) => addCounts(sum, slice.counts), {});
  const done = counts[SEEN] ?? 0;
  return {
    counts,
    failures: slices.flatMap(({ failures }) => failures).slice(0, NAMED_FAILURES),
    units: slices.reduce((sum, { units }) => sum + units, 0),
    done,
    total: status === "done" ? done : Math.max(done, expected),
    failed: counts[FAILED] ?? 0,
  };
};
