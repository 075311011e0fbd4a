import { belongsTo } from "#domain/audience/audience.ts";
import { membersIn } from "#domain/audience/input.ts";
import { type Job, SEEN } from "#domain/audience/job.ts";
import type { Clock } from "#ports/clock.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import type { Step } from "./walk-slice.ts";

/** Finds a page of a segment's members, one more than was asked for where there is one: so it is known that more follow. */
export const membersStep =
  (deps: { readonly playbooks: Pick<CompiledVersions, "current">; readonly clock: Clock }) =>
  async (job: Job): Promise<Step> => {
    const { segment, limit } = membersIn(job);
    const isIn = belongsTo({ segment }, await deps.playbooks.current());
    let left = limit + 1;
    return async ({ records }) => {
      const now = deps.clock.now();
      const found: string[] = [];
      for (const { state } of records) {
        if (found.length === left) break;
        if (isIn(state, now)) found.push(state.customerId);
      }
      left -= found.length;
      return { counts: { [SEEN]: records.length }, found, isEnough: left === 0 };
    };
  };
