import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact: "What customers write reaches nobody's inbox: they wait for an answer that nobody knows of.",
  uses: ["customers:read", "merges:read", "outcomes:read", "conversations:write", "playbooks:read"],
  queues: [
    {
      name: "queue",
      from: [{ bus: "rapport", pattern: { "detail-type": ["message.received"] } }],
      lateAfterSeconds: 120,
    },
  ],
  memorySize: 1024,
} satisfies FunctionDefinition;
