import { countSegments } from "#domain/audience/sizes.ts";
import type { Clock } from "#ports/clock.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import type { Step } from "./walk-slice.ts";

/** Counts who is in which segment, by the live playbook. */
export const sizesStep =
  (deps: { readonly playbooks: Pick<CompiledVersions, "current">; readonly clock: Clock }) =>
  async (): Promise<Step> => {
    const playbook = await deps.playbooks.current();
    return async ({ records }) => countSegments(records, playbook, deps.clock.now());
  };
