import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact: "What a customer did gets no answer: carts, welcomes and confirmations wait undecided.",
  uses: [
    "customers:read-write",
    "decisions:record",
    "facts:record",
    "decision-log:write",
    "data-keys:read",
    "timers:set",
    "playbooks:read",
    "models:read",
    "due:send",
    "bus:put",
    "inbox:send",
    "identifier-key:read",
  ],
  queues: [
    {
      name: "queue",
      from: [{ bus: "rapport", pattern: { "detail-type": ["trigger.fired", "decision.released"] } }],
      lateAfterSeconds: 120,
    },
  ],
  memorySize: 1769,
} satisfies FunctionDefinition;
