import { JOB_KINDS, type JobKind } from "#domain/audience/job.ts";
import type { JobCommand } from "#domain/audience/steer.ts";
import { RapportError } from "#kernel/errors.ts";
import { allows, type Scope } from "#ports/key-store.ts";
import type { Caller } from "#runtime/http/caller.ts";
import type { Answer, Call } from "#runtime/http/operation.ts";
import { steerJob } from "#usecases/audience/begin-job.ts";
import type { AudienceDependencies } from "./dependencies.ts";
import type { operations } from "./operations.ts";
import { shownJob } from "./shown.ts";

type Calls = typeof operations;

/** Pages of members are asked for by everybody who looks: they are nobody's job to watch. */
const LISTED: readonly JobKind[] = JOB_KINDS.filter((kind) => kind !== "members");

/** Who may begin a job may stop it. */
const SCOPE_OF: Readonly<Record<JobKind, Scope>> = {
  send: "sends",
  sizes: "reports:read",
  members: "reports:read",
  preview: "playbooks:draft",
};

const noSuchJob = (): RapportError => new RapportError("not_found", "there is no such job");

export const listJobs = async (
  { jobs }: AudienceDependencies,
  { query: { limit, cursor, kind } }: Call<Calls["listJobs"]>,
): Promise<Answer<Calls["listJobs"]>> => {
  const kinds = kind === undefined ? LISTED : [kind];
  const page = await jobs.list(kinds, { limit, ...(cursor === undefined ? {} : { cursor }) });
  const kept = await Promise.all(page.jobs.map(({ jobId }) => jobs.read(jobId)));
  return {
    status: 200,
    json: { items: kept.filter((one) => one !== null).map(shownJob), cursor: page.cursor },
  };
};

export const showJob = async (
  { jobs }: AudienceDependencies,
  id: string,
): Promise<Answer<Calls["showJob"]>> => {
  const kept = await jobs.read(id);
  if (kept === null) throw noSuchJob();
  return { status: 200, json: shownJob(kept) };
};

const checkScope = (caller: Caller, kind: JobKind): void => {
  const needed = SCOPE_OF[kind];
  if (caller.kind === "person" || allows(caller.scopes, needed)) return;
  throw new RapportError("scope_missing", `this job needs the scope ${needed}`);
};

export const steer = async (
  deps: AudienceDependencies,
  { params: { id }, caller }: Call<Calls["pauseJob"]>,
  command: JobCommand,
): Promise<Answer<Calls["pauseJob"]>> => {
  const job = await deps.jobs.get(id);
  if (job === null) throw noSuchJob();
  checkScope(caller, job.kind);
  const kept = await steerJob(deps, id, command);
  if (kept === null) throw noSuchJob();
  return { status: 200, json: shownJob(kept) };
};
