import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact:
    "Customers notice nothing; what a new playbook would change cannot be seen before it is published.",
  uses: [
    "playbooks:read",
    "simulations:run",
    "data-keys:read",
    "merges:read",
    "outcomes:read",
    "decision-log:read",
    "bus:put",
  ],
  queues: [
    {
      name: "queue",
      from: [{ bus: "rapport", pattern: { "detail-type": ["simulation.requested"] } }],
      // A message is half a minute of work.
      batchSize: 1,
      maximumConcurrency: 2,
      lateAfterSeconds: 900,
    },
  ],
  memorySize: 1769,
  timeoutSeconds: 120,
} satisfies FunctionDefinition;
