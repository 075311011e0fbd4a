import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { TIMERS, UNENDED_MESSAGES } from "#infra/constructs/due-sources.ts";
import { SWEPT } from "#infra/constructs/sending-alarms.ts";

export default {
  failureImpact:
    "Nothing planned for later happens: reminders, quiet-hour releases and retries do not leave.",
  uses: ["timers:fire", "due:send", "messages:sweep", "customers:read", "contacts:write", "bus:put"],
  consumes: ["due"],
  queues: [
    {
      name: "queue",
      from: [{ schedule: "rate(1 minute)", skipWhileEmpty: [TIMERS, UNENDED_MESSAGES] }],
      lateAfterSeconds: 180,
    },
  ],
  alarms: [SWEPT],
  timeoutSeconds: 20,
} satisfies FunctionDefinition;
