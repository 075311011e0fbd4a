import { joinedBus, joinedCustomers, joinedHistory, joinedTimers } from "#adapters/joining/stores.ts";
import { readEnv } from "#runtime/env.ts";
import { asRapportError } from "#runtime/errors.ts";
import {
  customerStore,
  deadLetters,
  eventBus,
  historyStore,
  playbooks,
  runStore,
  timers,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { workerHandler } from "#runtime/worker.ts";
import { applyMessage } from "#usecases/apply/apply-message.ts";
import { carriedOutHere } from "#usecases/apply/carried-out.ts";
import { readMessage, readMessages } from "./read-message.ts";

const { runsTable, stateForm } = readEnv("runsTable", "stateForm");
const customers = await customerStore({
  joinLoads: true,
  repairPointers: true,
  plainStates: stateForm === "plain",
  runsTable,
});
const deps = {
  // The groups of an invocation are applied side by side, so that much of what they ask for fits into one request.
  customers: joinedCustomers(customers),
  history: joinedHistory(historyStore()),
  timers: joinedTimers(timers()),
  runs: runStore(),
  carriedOut: carriedOutHere(),
  bus: joinedBus(eventBus()),
  deadLetters: deadLetters(),
  playbook: playbooks().current,
  errorOf: asRapportError,
  ...system,
};

export const handler = workerHandler(
  ({ body, isLastTry }) => applyMessage(deps, { ...readMessage(body), isLastTry }),
  {
    // Where customers return, much of one person waits: it takes one read and one write together.
    together: (records) => applyMessage(deps, readMessages(records.map(({ body }) => body))),
  },
);
