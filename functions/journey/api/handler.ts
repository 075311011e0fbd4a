import { auditedCallers } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { customerFinder, inbox, playbooks, runCare, runLists, runStore } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { journeyCalls } from "./journeys.ts";
import { operations } from "./operations.ts";

export const handler = httpHandler(
  operations,
  journeyCalls({
    runs: runStore(),
    lists: runLists(),
    care: runCare(),
    customers: await customerFinder(),
    inbox: await inbox(),
    playbook: playbooks().current,
    ...system,
  }),
  auditedCallers(),
);
