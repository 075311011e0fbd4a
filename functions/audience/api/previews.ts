import { inputOf, previewAsked } from "#domain/audience/input.ts";
import { progressOf } from "#domain/audience/job.ts";
import { previewIn, removedIn } from "#domain/audience/preview.ts";
import { RapportError } from "#kernel/errors.ts";
import type { Answer } from "#runtime/http/operation.ts";
import { beginJob } from "#usecases/audience/begin-job.ts";
import { tokenOf } from "#usecases/publish/confirmed.ts";
import type { AudienceDependencies } from "./dependencies.ts";
import type { operations } from "./operations.ts";

type Calls = typeof operations;

/** Customers there were when all were last walked over. */
const lastSeen = async ({ jobs }: AudienceDependencies): Promise<number> => {
  const { jobs: last } = await jobs.list(["sizes", "preview"], { limit: 5 });
  const done = last.find(({ status }) => status === "done");
  const kept = done === undefined ? null : await jobs.read(done.jobId);
  return kept === null ? 0 : progressOf(kept.job, kept.slices).done;
};

export const beginPreview = async (
  deps: AudienceDependencies,
  asked: string,
): Promise<Answer<Calls["beginPreview"]>> => {
  const live = await deps.playbooks.current();
  const next = asked === "current" ? live : await deps.playbooks.get(asked);
  const names = [live, next].flatMap(({ segments }) => segments.map(({ name }) => name));
  const previewId = deps.ids.id("prv");
  await beginJob(deps, {
    jobId: previewId,
    kind: "preview",
    input: inputOf({
      version: next.version,
      live: live.version,
      now: new Date(deps.clock.now()).toISOString(),
      removed: [...removedIn(live.document, next.document)],
      segments: [...new Set(names)].sort(),
    }),
    expected: await lastSeen(deps),
  });
  return { status: 202, json: { previewId } };
};

export const showPreview = async (
  { jobs }: AudienceDependencies,
  previewId: string,
): Promise<Answer<Calls["showPreview"]>> => {
  const kept = await jobs.read(previewId);
  if (kept === null || kept.job.kind !== "preview")
    throw new RapportError("not_found", "there is no preview of that id");
  const { job, slices } = kept;
  const { version, live, removed, segments } = previewAsked(job);
  const { counts, done, total } = progressOf(job, slices);
  const { status, reason } = job;
  return {
    status: 200,
    json: {
      previewId,
      version,
      live,
      status,
      ...(reason === undefined ? {} : { reason }),
      token: status === "done" ? tokenOf(previewId) : null,
      done,
      total,
      ...previewIn(counts, segments),
      removed,
    },
  };
};
