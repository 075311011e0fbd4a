import { anybodysModel } from "#domain/learning/anybodys.ts";
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
  const [{ cuts, binning, cells }, visitors] = await Promise.all([
    deps.learning.read(learning.model),
    deps.learning.read(anybodysModel(learning.model)),
  ]);
  const armsOf = (read: Pick<typeof visitors, "cells" | "binning">) =>
    healthOf(read.cells, read.binning, {
      now: deps.clock.now(),
      halfLifeDays: learning.halfLifeDays,
    }).toSorted((a, b) => b.evidence - a.evidence);
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
      items: armsOf({ cells, binning }),
      visitors: { cuts: visitors.cuts, items: armsOf(visitors) },
    },
  };
};
