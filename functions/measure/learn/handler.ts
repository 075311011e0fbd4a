import { dynamoDecisionReader } from "#adapters/dynamodb/decision-reader.ts";
import { dynamoExperimentStore } from "#adapters/dynamodb/experiment-store.ts";
import { dynamoLearningStore } from "#adapters/dynamodb/learning-store.ts";
import { dynamoPlaybookStore } from "#adapters/dynamodb/playbook-store.ts";
import { dynamo } from "#runtime/aws.ts";
import { systemClock as clock } from "#runtime/clock.ts";
import { documentCache } from "#runtime/document-cache.ts";
import { readEnv } from "#runtime/env.ts";
import { parse } from "#runtime/parse.ts";
import { workerHandler } from "#runtime/worker.ts";
import { coalesce } from "./coalesce.ts";
import { countExperiments } from "./count-experiments.ts";
import { type LearnDependencies, learnOutcomes } from "./learn.ts";
import { Delivered } from "./schema.ts";

const env = readEnv("historyTable", "playbooksTable", "learningTable");
const client = dynamo();
const playbooks = documentCache(dynamoPlaybookStore({ client, table: env.playbooksTable }), clock);

const dependencies: LearnDependencies = {
  decisions: dynamoDecisionReader({ client, historyTable: env.historyTable }),
  playbook: playbooks.get,
  learning: dynamoLearningStore({ client, table: env.learningTable, random: Math.random }),
  clock,
};

/** A choice takes two writes of a transaction, which holds a hundred; a few belong to the model. */
const MOST_A_WRITE = 40;
const learn = coalesce(
  (told: Parameters<typeof learnOutcomes>[1]) => learnOutcomes(dependencies, told),
  MOST_A_WRITE,
);

const experiments = dynamoExperimentStore({ client, table: env.learningTable, random: Math.random });

export const handler = workerHandler(({ body }) => {
  const told = parse(Delivered, body);
  return told["detail-type"] === "outcome.recorded"
    ? learn(told.detail)
    : countExperiments({ playbook: playbooks.get, experiments, clock }, told.detail);
});
