import type { LearntModel } from "#domain/decision/explore/learnt.ts";
import { learnerOf } from "#domain/learning/learner.ts";
import { asOf } from "#domain/learning/model.ts";
import type { Clock } from "#ports/clock.ts";
import type { LearningSettings, LearningStore, LearntModels } from "#ports/learning-store.ts";
import { log } from "./log.ts";

const FRESH_MS = 5_000;

/** Sums of an action over all channels: `c|<action>|<channel>` for counters, `n|...` for the linear learner. */
const evidenceOf = (
  cells: Awaited<ReturnType<LearningStore["read"]>>["cells"],
  now: number,
  halfLifeDays: number,
): Record<string, number> => {
  const evidence: Record<string, number> = {};
  for (const [key, cell] of cells) {
    const [kind, action = ""] = key.split("|");
    if (kind !== "c" && kind !== "n") continue;
    evidence[action] = (evidence[action] ?? 0) + asOf(cell, now, halfLifeDays).weight;
  }
  return evidence;
};

/**
 * The process's copy of the model, so that a decision reads nothing more. Models that cannot be read stop no decision:
 * the copy before, or what the playbook declares, is good enough for a while.
 */
export const modelCache = (store: Pick<LearningStore, "read">, clock: Clock): LearntModels => {
  let kept:
    | { readonly model: string; readonly readAt: number; readonly learnt: LearntModel | null }
    | undefined;
  let reading: Promise<LearntModel | null> | undefined;

  const read = async (learning: LearningSettings, stale: LearntModel | null): Promise<LearntModel | null> => {
    const readAt = clock.now();
    let learnt = stale;
    try {
      const { binning, cells } = await store.read(learning.model);
      const estimate = learnerOf(learning, binning).estimator(cells, readAt);
      learnt = { estimate, evidence: evidenceOf(cells, readAt, learning.halfLifeDays), readAt };
    } catch (error) {
      log.error("the model could not be read", error, { reason: learning.model });
    }
    kept = { model: learning.model, readAt, learnt };
    return learnt;
  };

  return {
    current: async (learning) => {
      if (learning === undefined) return null;
      const own = kept?.model === learning.model ? kept : undefined;
      const age = own === undefined ? Number.POSITIVE_INFINITY : clock.now() - own.readAt;
      // A clock that was set back must not make a copy live for ever.
      if (own !== undefined && age >= 0 && age < FRESH_MS) return own.learnt;
      reading ??= read(learning, own?.learnt ?? null).finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
};
