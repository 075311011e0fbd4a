import { dynamoTimerTable } from "../../../shared/adapters/dynamodb/timers.ts";
import { eventBridgeBus } from "../../../shared/adapters/eventbridge/event-bus.ts";
import { sqsDueQueue } from "../../../shared/adapters/sqs/due-queue.ts";
import { dynamo, events, sqs } from "../../../shared/runtime/aws.ts";
import { systemClock as clock } from "../../../shared/runtime/clock.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import { parse } from "../../../shared/runtime/parse.ts";
import { workerHandler } from "../../../shared/runtime/worker.ts";
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
