import { joinCalls } from "#adapters/joining/calls.ts";
import type { OutcomeRecorded } from "#events/outcome-recorded.ts";
import { parse } from "#runtime/parse.ts";
import { decisionReader, experimentStore, learningStore, playbookDocuments } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { workerHandler } from "#runtime/worker.ts";
import { countExperiments } from "#usecases/learn/count-experiments.ts";
import { learnOutcomes } from "#usecases/learn/learn-outcomes.ts";
import { Delivered } from "./schema.ts";

const playbook = playbookDocuments().get;
const learning = { decisions: decisionReader(), playbook, learning: learningStore(), ...system };
const counting = { playbook, experiments: experimentStore(), ...system };

/** The outcomes of a batch are learnt from together: they write to the same sums. */
const learn = joinCalls<OutcomeRecorded, void>({
  call: async (outcomes) => {
    await learnOutcomes(learning, outcomes);
    return outcomes.map(() => undefined);
  },
  sizeOf: () => 1,
  // A choice takes two writes of a transaction, which holds a hundred; a few belong to the model.
  capacity: 40,
});

export const handler = workerHandler(({ body }) => {
  const event = parse(Delivered, body);
  return event["detail-type"] === "outcome.recorded"
    ? learn(event.detail)
    : countExperiments(counting, event.detail);
});
