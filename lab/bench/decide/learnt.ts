import { type LearntModel, learntInput } from "#domain/decision/explore/learnt.ts";
import { learnBinning } from "#domain/learning/binning.ts";
import { learnerOf } from "#domain/learning/learner.ts";
import { addCell, type Cell, EMPTY_CELL } from "#domain/learning/model.ts";
import { buildLearning } from "#domain/playbook/build/build-learning.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { compile } from "#feel/index.ts";
import { seeded } from "../../seeded.ts";

const OBSERVATIONS_AN_ACTION = 30;

/** The playbook with learning over these predictors, and the input of a model that has some observations of each action. */
export const withLearning = (playbook: CompiledPlaybook, predictors: readonly string[], now: number) => {
  const random = seeded(7);
  const formulas = Object.fromEntries(predictors.map((name) => [name, `customer.${name}`]));
  const learning = buildLearning({ predictors: formulas, outcomes: { clicked: 1 } });
  const scope = { customer: playbook.customerType };
  const learns: CompiledPlaybook = {
    ...playbook,
    learning: {
      ...learning,
      predictors: learning.predictors.map(({ name, formula }) => ({ name, rule: compile(formula, scope) })),
    },
  };
  const customer = () => Object.fromEntries(predictors.map((name) => [name, Math.floor(random() * 100)]));
  const binning = learnBinning(Array.from({ length: 500 }, customer), predictors);
  const learner = learnerOf(learning, binning);
  const cells = new Map<string, Cell>();
  for (const action of playbook.actions) {
    for (const channel of new Set(action.treatments.map((treatment) => treatment.channel))) {
      const arm = { action: action.name, group: action.group ?? action.name, channel };
      for (let n = 0; n < OBSERVATIONS_AN_ACTION; n += 1) {
        const reward = Number(random() < 0.2);
        for (const [key, cell] of learner.observe({ arm, features: customer(), reward, at: now })) {
          cells.set(key, addCell(cells.get(key) ?? EMPTY_CELL, cell));
        }
      }
    }
  }
  const model: LearntModel = {
    estimate: learner.estimator(cells, now),
    evidence: Object.fromEntries(playbook.actions.map(({ name }) => [name, OBSERVATIONS_AN_ACTION])),
  };
  return { playbook: learns, input: learntInput(learns, model) };
};
