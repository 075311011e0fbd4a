import { dynamoLearningStore } from "../../../shared/adapters/dynamodb/learning-store.ts";
import { dynamoPlaybookStore } from "../../../shared/adapters/dynamodb/playbook-store.ts";
import { dynamo } from "../../../shared/runtime/aws.ts";
import { systemClock as clock } from "../../../shared/runtime/clock.ts";
import { documentCache } from "../../../shared/runtime/document-cache.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import { httpHandler } from "../../../shared/runtime/http.ts";
import { modelCalls } from "./models.ts";

const env = readEnv("playbooksTable", "learningTable");
const client = dynamo();

export const handler = httpHandler(
  { scope: "decide" },
  modelCalls({
    playbook: documentCache(dynamoPlaybookStore({ client, table: env.playbooksTable }), clock).current,
    learning: dynamoLearningStore({ client, table: env.learningTable, random: Math.random }),
    clock,
  }),
);
