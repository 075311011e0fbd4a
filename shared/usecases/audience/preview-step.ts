import { previewAsked } from "#domain/audience/input.ts";
import type { Job } from "#domain/audience/job.ts";
import { editedIn, previewPage } from "#domain/audience/preview.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import type { RunStore } from "#ports/run-store.ts";
import type { Step } from "./walk-slice.ts";

export type PreviewDependencies = {
  readonly playbooks: Pick<CompiledVersions, "get">;
  readonly runs: RunStore;
};

/** Tries a version on everybody inside of journeys, with the clock held, and counts segments by both versions. */
export const previewStep =
  ({ playbooks, runs }: PreviewDependencies) =>
  async (job: Job): Promise<Step> => {
    const asked = previewAsked(job);
    const [live, next] = await Promise.all([playbooks.get(asked.live), playbooks.get(asked.version)]);
    const versions = { live, next };
    const edited = editedIn(versions);
    return async ({ records }) => {
      const ids = records.flatMap(({ state }) => (state.runs?.live ?? []).map(({ id }) => id));
      const [found, still] = await Promise.all([ids.length === 0 ? [] : runs.get(ids), runs.still()]);
      const byId = new Map(found.map((run) => [run.runId, run] as const));
      return previewPage(records, byId, { versions, now: Date.parse(asked.now), still, edited });
    };
  };
