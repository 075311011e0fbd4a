import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact:
    "What AWS services and partners report (orders, parcels, devices) arrives late, and so does every message about it.",
  uses: ["playbooks:read", "inbox:send", "identifier-key:read"],
  queues: ({ defaultBusPatterns }) => [
    {
      name: "queue",
      from: [
        // Everything on the bus of its own; which of it matters is for the playbook's sources.yaml to say.
        { bus: "sources", pattern: { source: [{ prefix: "" }] } },
        ...defaultBusPatterns.map((pattern) => ({ bus: "default", pattern }) as const),
      ],
    },
  ],
} satisfies FunctionDefinition;
