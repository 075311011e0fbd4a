import { parse } from "#runtime/parse.ts";
import { decisionReader, experimentStore, learningStore, playbookDocuments } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { workerHandler } from "#runtime/worker.ts";
import { countExperiments } from "#usecases/learn/count-experiments.ts";
import { learnOutcomes } from "#usecases/learn/learn-outcomes.ts";
import { coalesce } from "./coalesce.ts";
import { Delivered } from "./schema.ts";

const playbook = playbookDocuments().get;
const learning = { decisions: decisionReader(), playbook, learning: learningStore(), ...system };
const counting = { playbook, experiments: experimentStore(), ...system };

/** A choice takes two writes of a transaction, which holds a hundred; a few belong to the model. */
const MOST_A_WRITE = 40;
const learn = coalesce(
  (told: Parameters<typeof learnOutcomes>[1]) => learnOutcomes(learning, told),
  MOST_A_WRITE,
);

export const handler = workerHandler(({ body }) => {
  const told = parse(Delivered, body);
  return told["detail-type"] === "outcome.recorded"
    ? learn(told.detail)
    : countExperiments(counting, told.detail);
});
