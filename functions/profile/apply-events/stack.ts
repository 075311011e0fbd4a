import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact:
    "Profiles stand still: customers are treated by yesterday's facts, and no message is triggered.",
  uses: [
    "customers:read-write",
    "identifiers:resolve",
    "facts:record",
    "timers:set",
    "runs:walk",
    "playbooks:read",
    "due:send",
    "bus:put",
    "identifier-key:read",
  ],
  consumes: ["inbox"],
  resources: ({ settings }) => ({
    environment: { STATE_FORM: settings.plainStates ? "plain" : "packed" },
  }),
  memorySize: 1769,
} satisfies FunctionDefinition;
