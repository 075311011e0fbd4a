import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact: "Applications cannot report what came of a decision, so the same wrong offer is made again.",
  routes: ["POST /v1/outcomes"],
  uses: [
    "keys:read",
    "customers:read-write",
    "messages:record",
    "playbooks:read",
    "inbox:send",
    "identifier-key:read",
  ],
} satisfies FunctionDefinition;
