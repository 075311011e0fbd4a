import type { readCondition } from "#domain/audience/condition.ts";
import type { Ids } from "#ports/clock.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import type { JobsDependencies } from "#usecases/audience/begin-job.ts";

export type AudienceDependencies = JobsDependencies & {
  readonly playbooks: Pick<CompiledVersions, "current" | "get">;
  /** Reads a condition in FEEL: with the grammar, which few calls need. */
  readonly readCondition: (
    ...asked: Parameters<typeof readCondition>
  ) => Promise<ReturnType<typeof readCondition>>;
  readonly ids: Ids;
  readonly sleep: (ms: number) => Promise<void>;
};
