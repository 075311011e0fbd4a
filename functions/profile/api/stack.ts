import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact:
    "Agents and applications cannot see who a customer is, so the customer has to explain it again.",
  routes: ["GET /v1/profiles", "GET /v1/profiles/{ref}", "GET /v1/profiles/{ref}/timeline"],
  uses: ["keys:read", "customers:read", "timeline:read", "playbooks:read", "identifier-key:read"],
} satisfies FunctionDefinition;
