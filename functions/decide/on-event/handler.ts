import { parse } from "#runtime/parse.ts";
import {
  confirmationStore,
  customerStore,
  dataKeys,
  decisionLog,
  decisionStore,
  eventBus,
  historyStore,
  inbox,
  messageStore,
  models,
  playbooks,
  timers,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { workerHandler } from "#runtime/worker.ts";
import { decideAnew } from "#usecases/decide/decide-anew.ts";
import { decideOnEvent } from "#usecases/decide/decide-on-event.ts";
import { Delivered } from "./schema.ts";

const deps = {
  customers: await customerStore(),
  confirmations: await confirmationStore(),
  history: historyStore(),
  decisions: decisionStore(),
  messages: messageStore(),
  playbooks: playbooks(),
  models: models(),
  bus: eventBus(),
  inbox: await inbox(),
  timers: timers(),
  log: decisionLog(),
  dataKeys: dataKeys(),
  ...system,
};

export const handler = workerHandler(async function decide({ body }) {
  const event = parse(Delivered, body);
  switch (event["detail-type"]) {
    case "trigger.fired":
      await decideOnEvent(deps, event.detail);
      return;
    case "decision.released":
      await decideAnew(deps, event.detail);
  }
});
