import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact:
    "Nothing new is learnt or counted: customers go on getting what worked before, and reports stand still.",
  uses: ["decisions:read", "playbooks:read", "models:learn"],
  queues: [
    {
      name: "queue",
      from: [
        {
          bus: "rapport",
          pattern: {
            "detail-type": [
              "outcome.recorded",
              "experiment.recorded",
              "decision.recorded",
              "outcome.counted",
            ],
          },
        },
      ],
      batchSize: 40,
      batchingWindowSeconds: 2,
      maximumConcurrency: 2,
      lateAfterSeconds: 3_600,
    },
  ],
  timeoutSeconds: 30,
} satisfies FunctionDefinition;
