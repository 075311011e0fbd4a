import { httpHandler } from "#runtime/http/http-handler.ts";
import { apiKeys, customerStore, decisionStore, heldOffers, inbox, playbooks } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { operations } from "./operations.ts";
import { outcomeCalls } from "./outcomes.ts";

export const handler = httpHandler(
  operations,
  outcomeCalls({
    decisions: decisionStore(),
    offers: heldOffers(),
    customers: await customerStore(),
    playbooks: playbooks(),
    inbox: await inbox(),
    ...system,
  }),
  apiKeys(),
);
