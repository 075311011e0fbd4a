import { systemClock as clock, systemIds as ids } from "#runtime/clock.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import {
  customerStore,
  dataKeys,
  decisionLog,
  decisionStore,
  eventBus,
  messageStore,
  playbooks,
  timers,
} from "#runtime/stores.ts";
import { messageCalls } from "./messages.ts";

export const handler = httpHandler(
  { scope: "send" },
  messageCalls({
    customers: await customerStore(),
    decisions: decisionStore(),
    messages: messageStore(),
    playbooks: playbooks(),
    bus: eventBus(),
    timers: timers(),
    log: decisionLog(),
    dataKeys: dataKeys(),
    clock,
    ids,
  }),
);
