import { hashId } from "../hash.ts";
import { durationMs } from "./duration.ts";
import type { LearningFile } from "./schema/learning-file.ts";

/** What the playbook says of learning, defaults filled in. */
export type Learning = {
  /** Names the sums: another set of predictors or another learner is another model, which starts anew. */
  readonly model: string;
  readonly learner: "counters" | "linear";
  /** Predictors in the order they were declared: name and FEEL over what an action's rules may name. */
  readonly predictors: readonly { readonly name: string; readonly formula: string }[];
  /** So many of the first predictors span the segments that counters keep. */
  readonly segmentBy: number;
  /** Outcome -> how much of a success it is, 0..1. The greatest of a choice's outcomes counts. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Event -> the same, for what the customer does after the last contact. */
  readonly conversions: Readonly<Record<string, number>>;
  /** How long after the choice an outcome is owed to it. */
  readonly windowMs: number;
  readonly halfLifeDays: number;
  /** What counts as seen where content is answered: the answer, or only what `POST /v1/outcomes` reports as `shown`. */
  readonly impressions: "answered" | "reported";
  readonly exploration: Exploration;
};
export type Exploration = {
  readonly method: "inverse-gap" | "thompson" | "none";
  /** No candidate's probability falls below this share of an even split. */
  readonly floor: number;
  /** How fast choices turn to the best as evidence grows. */
  readonly greed: number;
  /** Standard deviations added to what is expected. */
  readonly optimism: number;
};

const MILLISECONDS_A_DAY = 86_400_000;
/** The outcomes by which a choice counts as seen by the customer. */
export const EXPOSURES: readonly string[] = ["sent", "shown"];

const DEFAULTS = {
  learner: "counters",
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
  const shape = JSON.stringify([learner, predictors, learner === "counters" ? segmentBy : 0, halfLifeMs]);
  return {
    model: hashId("mdl", shape),
    learner,
    predictors,
    segmentBy,
    outcomes: file.outcomes,
    conversions: file.conversions ?? {},
    windowMs: durationMs(file.window ?? DEFAULTS.window) ?? 0,
    halfLifeDays: halfLifeMs / MILLISECONDS_A_DAY,
    impressions: file.impressions ?? DEFAULTS.impressions,
    exploration: {
      method: file.exploration?.method ?? EXPLORATION.method,
      floor: file.exploration?.floor ?? EXPLORATION.floor,
      greed: file.exploration?.greed ?? EXPLORATION.greed,
      optimism: file.exploration?.optimism ?? EXPLORATION.optimism,
    },
  };
};
