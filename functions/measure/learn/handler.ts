import { systemClock as clock } from "#runtime/clock.ts";
import { parse } from "#runtime/parse.ts";
import { choiceReader, experimentStore, learningStore, playbookDocuments } from "#runtime/stores.ts";
import { workerHandler } from "#runtime/worker.ts";
import { coalesce } from "./coalesce.ts";
import { countExperiments } from "./count-experiments.ts";
import { learnOutcomes } from "./learn.ts";
import { Delivered } from "./schema.ts";

const playbook = playbookDocuments().get;
const learning = { decisions: choiceReader(), playbook, learning: learningStore(), clock };
const counting = { playbook, experiments: experimentStore(), clock };

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
