import { TriggerFired } from "#events/trigger-fired.ts";
import { busWorker } from "#runtime/bus-worker.ts";
import {
  confirmationStore,
  customerStore,
  dataKeys,
  decisionLog,
  decisionStore,
  eventBus,
  historyStore,
  inbox,
  models,
  playbooks,
  timers,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { decideOnEvent } from "#usecases/decide/decide-on-event.ts";

const deps = {
  customers: await customerStore(),
  confirmations: await confirmationStore(),
  history: historyStore(),
  decisions: decisionStore(),
  playbooks: playbooks(),
  models: models(),
  bus: eventBus(),
  inbox: await inbox(),
  timers: timers(),
  log: decisionLog(),
  dataKeys: dataKeys(),
  ...system,
};

export const handler = busWorker(TriggerFired, (fired) => decideOnEvent(deps, fired));
