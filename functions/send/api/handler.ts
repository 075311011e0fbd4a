import { auditedCallers } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import {
  codeStore,
  customerStore,
  dataKeys,
  decisionLog,
  decisionStore,
  eventBus,
  linkKeys,
  messageStore,
  playbooks,
  timers,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { messageCalls } from "./messages.ts";
import { operations } from "./operations.ts";

export const handler = httpHandler(
  operations,
  messageCalls({
    customers: await customerStore(),
    decisions: decisionStore(),
    messages: messageStore(),
    codes: codeStore(),
    linkKeys: await linkKeys(),
    playbooks: playbooks(),
    bus: eventBus(),
    timers: timers(),
    log: decisionLog(),
    dataKeys: dataKeys(),
    ...system,
  }),
  auditedCallers(),
);
