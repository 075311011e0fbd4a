import { httpHandler } from "#runtime/http/http-handler.ts";
import {
  confirmationStore,
  customerStore,
  inbox,
  messageLinking,
  messageStore,
  playbookDocuments,
  suppressionStore,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { linkCalls } from "./links.ts";
import { operations } from "./operations.ts";

const [customers, suppressions, confirmations, events, linking] = await Promise.all([
  customerStore(),
  suppressionStore(),
  confirmationStore(),
  inbox(),
  messageLinking(),
]);

export const handler = httpHandler(
  operations,
  linkCalls({
    messages: messageStore(),
    customers,
    suppressions,
    confirmations,
    inbox: events,
    playbook: playbookDocuments().current,
    ...linking,
    ...system,
  }),
);
