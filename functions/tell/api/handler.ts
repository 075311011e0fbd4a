import { OUTLET } from "#providers/all.outlet.ts";
import { auditedCallers } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { outletOf } from "#runtime/outlet.ts";
import { eventBus, playbookDocuments, webhookStore } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { webhooksCalls } from "./calls.ts";
import { operations } from "./operations.ts";

export const handler = httpHandler(
  operations,
  webhooksCalls({
    playbooks: playbookDocuments(),
    webhooks: webhookStore(),
    outlet: outletOf(OUTLET),
    bus: eventBus(),
    ...system,
  }),
  auditedCallers(),
);
