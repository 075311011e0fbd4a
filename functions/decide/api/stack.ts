import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact: "Sites, apps and call centres get no decision and show every customer the same.",
  routes: ["POST /v1/decisions", "GET /v1/decisions/{id}"],
  uses: [
    "keys:read",
    "customers:read-write",
    "decisions:record",
    "decision-log:write",
    "playbooks:read",
    "models:read",
    "bus:put",
    "identifier-key:read",
  ],
  memorySize: 1769,
  canary: true,
} satisfies FunctionDefinition;
