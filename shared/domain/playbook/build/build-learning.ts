import { durationMs } from "#kernel/duration.ts";
import { hashId } from "#kernel/hash.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { Exploration, Learning } from "../model/learning.ts";
import type { LearningFile } from "../schema/learning-file.ts";

const DEFAULTS = {
  learner: "auto",
  segmentBy: 2,
  window: "P7D",
  halfLife: "P60D",
  impressions: "answered",
} as const;
/** Tuned on generated bandits (lab/bandits/); the floor keeps every action measurable. */
const EXPLORATION: Exploration = { method: "inverse-gap", floor: 0.02, greed: 3, optimism: 0.2 };

export const buildLearning = (file: LearningFile): Learning => {
  const predictors = Object.entries(file.predictors ?? {}).map(([name, formula]) => ({ name, formula }));
  const learner = file.learner ?? DEFAULTS.learner;
  const segmentBy = file.segmentBy ?? DEFAULTS.segmentBy;
  const halfLifeMs = durationMs(file.halfLife ?? DEFAULTS.halfLife) ?? 0;
  const shape = JSON.stringify([learner, predictors, learner === "linear" ? 0 : segmentBy, halfLifeMs]);
  return {
    model: hashId("mdl", shape),
    learner,
    predictors,
    segmentBy,
    outcomes: file.outcomes,
    conversions: file.conversions ?? {},
    windowMs: durationMs(file.window ?? DEFAULTS.window) ?? 0,
    halfLifeDays: halfLifeMs / DAY_MS,
    impressions: file.impressions ?? DEFAULTS.impressions,
    exploration: {
      method: file.exploration?.method ?? EXPLORATION.method,
      floor: file.exploration?.floor ?? EXPLORATION.floor,
      greed: file.exploration?.greed ?? EXPLORATION.greed,
      optimism: file.exploration?.optimism ?? EXPLORATION.optimism,
    },
  };
};
