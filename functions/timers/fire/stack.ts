import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact:
    "Nothing planned for later happens: reminders, quiet-hour releases and retries do not leave.",
  uses: ["timers:fire", "due:send", "bus:put"],
  consumes: ["due"],
  queues: [
    {
      name: "queue",
      from: [{ schedule: "rate(1 minute)", skipWhileEmpty: { table: "tables/timers", pk: "minutes" } }],
      lateAfterSeconds: 180,
    },
  ],
  timeoutSeconds: 20,
} satisfies FunctionDefinition;
