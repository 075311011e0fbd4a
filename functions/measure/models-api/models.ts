import { anybodysModel } from "#domain/learning/anybodys.ts";
import { errorsOf, verdictOf } from "#domain/learning/contest.ts";
import { healthOf } from "#domain/learning/health.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { Clock } from "#ports/clock.ts";
import type { LearningStore } from "#ports/learning-store.ts";
import type { Answer } from "#runtime/http/operation.ts";
import type { Models, operations } from "./operations.ts";

export type ModelsDependencies = {
  readonly playbook: () => Promise<PlaybookDocument>;
  readonly learning: Pick<LearningStore, "read">;
  readonly clock: Clock;
};

type ModelsAnswer = Answer<typeof operations.showModels>;

const NOTHING_LEARNT: Models = {
  model: null,
  learner: null,
  cuts: 0,
  predictors: [],
  items: [],
  visitors: { cuts: 0, items: [] },
};

/** `GET /v1/models`: the model of the live playbook, the action with most evidence first. */
export const modelCalls = (deps: ModelsDependencies) => async (): Promise<ModelsAnswer> => {
  const { learning } = await deps.playbook();
  if (learning === undefined) return { status: 200, json: NOTHING_LEARNT };
  const [known, visitors] = await Promise.all([
    deps.learning.read(learning.model),
    deps.learning.read(anybodysModel(learning.model)),
  ]);
  const { cuts, binning } = known;
  const { halfLifeDays } = learning;
  const now = deps.clock.now();
  const followedOf = ({ cells }: Pick<typeof known, "cells">, action: string, channel: string) => {
    if (learning.learner !== "auto") return {};
    const arm = { action, channel, group: action };
    return { learner: { ...verdictOf(cells, arm, now, halfLifeDays), errors: errorsOf(cells, arm) } };
  };
  const armsOf = (read: typeof known) =>
    healthOf(read.cells, read.binning, { now, halfLifeDays })
      .toSorted((a, b) => b.evidence - a.evidence)
      .map((item) => ({ ...item, ...followedOf(read, item.action, item.channel) }));
  return {
    status: 200,
    json: {
      model: learning.model,
      learner: learning.learner,
      cuts,
      predictors: learning.predictors.map(({ name }) => {
        const bins = binning[name];
        if (bins === undefined) return { name, kind: null };
        return bins.kind === "number"
          ? { name, kind: bins.kind, edges: bins.edges }
          : { name, kind: bins.kind, values: bins.values };
      }),
      items: armsOf(known),
      visitors: { cuts: visitors.cuts, items: armsOf(visitors) },
    },
  };
};
