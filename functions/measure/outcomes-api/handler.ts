import { httpHandler } from "#runtime/http/http-handler.ts";
import { customerStore, decisionStore, heldOffers, inbox, playbooks } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { outcomeCalls } from "./outcomes.ts";

export const handler = httpHandler(
  { scope: "decide" },
  outcomeCalls({
    decisions: decisionStore(),
    offers: heldOffers(),
    customers: await customerStore(),
    playbooks: playbooks(),
    inbox: await inbox(),
    ...system,
  }),
);
