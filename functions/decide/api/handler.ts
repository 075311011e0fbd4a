import { callers } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { customerStore, decisionLog, eventBus, models, playbooks, shownDecisions } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { decisionCalls } from "./decisions.ts";
import { operations } from "./operations.ts";

export const handler = httpHandler(
  operations,
  decisionCalls({
    customers: await customerStore(),
    decisions: shownDecisions(),
    playbooks: playbooks(),
    models: models(),
    bus: eventBus(),
    log: decisionLog(),
    ...system,
  }),
  callers(),
);
