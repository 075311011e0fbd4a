import * as z from "zod/mini";
import { TriggerFired } from "#events/trigger-fired.ts";
import { parse } from "#runtime/parse.ts";
import {
  customerStore,
  dataKeys,
  decisionLog,
  decisionStore,
  eventBus,
  historyStore,
  models,
  playbooks,
  timers,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { workerHandler } from "#runtime/worker.ts";
import { decideOnEvent } from "#usecases/decide/decide-on-event.ts";

const dependencies = {
  customers: await customerStore(),
  history: historyStore(),
  decisions: decisionStore(),
  playbooks: playbooks(),
  models: models(),
  bus: eventBus(),
  timers: timers(),
  log: decisionLog(),
  dataKeys: dataKeys(),
  ...system,
};

/** A bus rule hands over the whole EventBridge event. */
const Delivered = z.object({ detail: TriggerFired.schema });

export const handler = workerHandler(async ({ body }) => {
  await decideOnEvent(dependencies, parse(Delivered, body).detail);
});
