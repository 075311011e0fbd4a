import { joinedBus, joinedCustomers, joinedHistory, joinedTimers } from "#adapters/joined-stores.ts";
import { sqs } from "#runtime/aws.ts";
import { systemClock as clock, systemIds as ids } from "#runtime/clock.ts";
import { readEnv, service } from "#runtime/env.ts";
import { customerStore, eventBus, historyStore, playbooks, timers } from "#runtime/stores.ts";
import { workerHandler } from "#runtime/worker.ts";
import { applyMessage } from "./apply-message.ts";
import { sqsDeadLetters } from "./dead-letter.ts";

const dependencies = {
  // The groups of an invocation are applied side by side, so that much of what they ask for fits into one request.
  customers: joinedCustomers(await customerStore({ joinLoads: true })),
  history: joinedHistory(historyStore()),
  timers: joinedTimers(timers()),
  bus: joinedBus(eventBus()),
  deadLetters: sqsDeadLetters({
    client: sqs(),
    queueUrl: readEnv("deadLetterUrl").deadLetterUrl,
    function: service,
  }),
  playbook: playbooks().current,
  clock,
  ids,
};

export const handler = workerHandler(({ body }) => applyMessage(dependencies, body));
