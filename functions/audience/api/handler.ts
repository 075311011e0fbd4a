import { auditedCallers } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { eventBus, jobStore, playbooks, timers } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { audienceCalls } from "./audience.ts";
import { operations } from "./operations.ts";

export const handler = httpHandler(
  operations,
  audienceCalls({
    jobs: jobStore(),
    bus: eventBus(),
    timers: timers(),
    playbooks: playbooks(),
    readCondition: async (...asked) => (await import("./later.ts")).readCondition(...asked),
    ...system,
  }),
  auditedCallers(),
);
