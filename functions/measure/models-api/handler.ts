import { dynamoExperimentStore } from "#adapters/dynamodb/experiment-store.ts";
import { dynamoLearningReader } from "#adapters/dynamodb/learning-reader.ts";
import { dynamoPlaybookStore } from "#adapters/dynamodb/playbook-store.ts";
import { dynamo } from "#runtime/aws.ts";
import { systemClock as clock } from "#runtime/clock.ts";
import { documentCache } from "#runtime/document-cache.ts";
import { readEnv } from "#runtime/env.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { experimentCalls } from "./experiments.ts";
import { modelCalls } from "./models.ts";

const env = readEnv("playbooksTable", "learningTable");
const client = dynamo();

const playbook = documentCache(dynamoPlaybookStore({ client, table: env.playbooksTable }), clock).current;
const table = env.learningTable;
const models = modelCalls({
  playbook,
  learning: dynamoLearningReader({ client, table }),
  clock,
});
const experiments = experimentCalls({
  playbook,
  experiments: dynamoExperimentStore({ client, table, random: Math.random }),
});

export const handler = httpHandler({ scope: "decide" }, (request) =>
  request.path.endsWith("/experiments") ? experiments() : models(),
);
