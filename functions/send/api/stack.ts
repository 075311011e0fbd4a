import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact:
    "Applications cannot ask for messages: order confirmations and one-time codes are not even requested.",
  routes: ["POST /v1/messages", "GET /v1/messages/{id}"],
  uses: [
    "keys:read",
    "customers:read-write",
    "decisions:record",
    "decision-log:write",
    "data-keys:read",
    "timers:set",
    "playbooks:read",
    "due:send",
    "bus:put",
    "identifier-key:read",
  ],
  memorySize: 1024,
} satisfies FunctionDefinition;
