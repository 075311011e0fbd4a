import { joinCalls } from "#adapters/joining/calls.ts";
import { RapportError } from "#kernel/errors.ts";
import { parse } from "#runtime/parse.ts";
import {
  decisionReader,
  experimentStore,
  learningStore,
  playbookDocuments,
  reportStore,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { workerHandler } from "#runtime/worker.ts";
import { countExperiments } from "#usecases/learn/count-experiments.ts";
import { type LearnFact, learnFacts } from "#usecases/learn/learn-facts.ts";
import { Delivered } from "./schema.ts";

const playbook = playbookDocuments().get;
const learning = {
  decisions: decisionReader(),
  playbook,
  learning: learningStore(),
  reports: reportStore(),
  ...system,
};
const counting = { playbook, experiments: experimentStore(), ...system };

/** The facts of a batch are learnt from and counted together: they write to the same sums. */
const learn = joinCalls<LearnFact, boolean>({
  call: (facts) => learnFacts(learning, facts),
  sizeOf: () => 1,
  // A choice takes two writes of a transaction, which holds a hundred; a few belong to the model.
  capacity: 40,
});

const done = async (fact: LearnFact): Promise<void> => {
  if (await learn(fact)) return;
  throw new RapportError("unavailable", "the decision is not recorded yet", { retryAfter: 1 });
};

export const handler = workerHandler(({ body }) => {
  const event = parse(Delivered, body);
  switch (event["detail-type"]) {
    case "experiment.recorded":
      return countExperiments(counting, event.detail);
    case "decision.recorded":
      return done({ name: "decision.recorded", detail: event.detail });
    case "outcome.recorded":
      return done({ name: "outcome.recorded", detail: event.detail });
    case "outcome.counted":
      return done({ name: "outcome.counted", detail: event.detail });
  }
});
