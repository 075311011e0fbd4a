import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { STEERED_JOURNEYS, TIMERS, UNENDED_MESSAGES, WAITING_RUNS } from "#infra/constructs/due-sources.ts";
import { OVERDUE, SWEPT } from "#infra/constructs/sending-alarms.ts";

export default {
  failureImpact:
    "Nothing planned for later happens: reminders, journeys, quiet-hour releases and retries do not go on.",
  uses: [
    "timers:fire",
    "due:send",
    "messages:sweep",
    "customers:read",
    "contacts:write",
    "bus:put",
    "inbox:send",
    "identifier-key:read",
    "runs:tend",
    "runs:read",
    "timers:set",
    "playbooks:read",
  ],
  consumes: ["due"],
  queues: [
    {
      name: "queue",
      from: [
        {
          schedule: "rate(1 minute)",
          skipWhileEmpty: [TIMERS, UNENDED_MESSAGES, WAITING_RUNS, STEERED_JOURNEYS],
        },
      ],
      lateAfterSeconds: 180,
    },
  ],
  alarms: [SWEPT, OVERDUE],
  timeoutSeconds: 20,
} satisfies FunctionDefinition;
