import { httpHandler } from "#runtime/http/http-handler.ts";
import { severalModels } from "#runtime/several-models.ts";
import {
  apiKeys,
  customerStore,
  decisionLog,
  decisionStore,
  eventBus,
  heldOffers,
  identityKeys,
  inbox,
  linkKeys,
  models,
  playbooks,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { operations } from "./operations.ts";
import { slotCalls } from "./slots.ts";

const [customers, events, keys] = await Promise.all([customerStore(), inbox(), linkKeys()]);

export const handler = httpHandler(
  operations,
  slotCalls({
    customers,
    decisions: decisionStore(),
    offers: heldOffers(),
    playbooks: playbooks(),
    models: severalModels(models),
    bus: eventBus(),
    log: decisionLog(),
    inbox: events,
    linkKeys: keys,
    identityKeys,
    ...system,
  }),
  apiKeys(),
);
