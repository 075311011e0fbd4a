import { dynamoTimerTable } from "#adapters/dynamodb/timers.ts";
import { eventBridgeBus } from "#adapters/eventbridge/event-bus.ts";
import { sqsDueQueue } from "#adapters/sqs/due-queue.ts";
import { dynamo, events, sqs } from "#runtime/aws.ts";
import { systemClock as clock } from "#runtime/clock.ts";
import { readEnv } from "#runtime/env.ts";
import { parse } from "#runtime/parse.ts";
import { workerHandler } from "#runtime/worker.ts";
import { fire } from "./fire.ts";
import { moveDue } from "./move-due.ts";
import { TickMessage } from "./schema.ts";

const env = readEnv("timersTable", "dueUrl", "bus");
const dependencies = {
  table: dynamoTimerTable({ client: dynamo(), table: env.timersTable }),
  due: sqsDueQueue({ client: sqs(), queueUrl: env.dueUrl, clock }),
  bus: eventBridgeBus({ client: events(), bus: env.bus }),
  clock,
};

export const handler = workerHandler(async ({ body }) => {
  const message = parse(TickMessage, body);
  if ("schedule" in message) await moveDue(dependencies, clock.now());
  else await fire(dependencies, message);
});
