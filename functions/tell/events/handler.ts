import { joinedBus } from "#adapters/joining/stores.ts";
import { WebhookDue } from "#events/webhook-due.ts";
import { OUTLET } from "#providers/all.outlet.ts";
import { busWorker } from "#runtime/bus-worker.ts";
import { outletOf } from "#runtime/outlet.ts";
import { customerReader, eventBus, historyStore, playbooks, timers, webhookStore } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { tellEvent } from "#usecases/tell/tell-event.ts";

const deps = {
  playbooks: playbooks(),
  history: historyStore(),
  customers: customerReader(),
  webhooks: webhookStore(),
  outlet: outletOf(OUTLET),
  timers: timers(),
  bus: joinedBus(eventBus()),
  ...system,
};

export const handler = busWorker(WebhookDue, (due) => tellEvent(deps, due));
