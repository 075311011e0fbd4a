import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact:
    "Customers notice nothing; business people publish a playbook without seeing first what it changes.",
  routes: ["POST /v1/playbooks/{version}/simulate", "GET /v1/simulations/{id}"],
  uses: ["keys:read", "playbooks:read", "simulations:run", "bus:put"],
  memorySize: 1769,
  timeoutSeconds: 29,
} satisfies FunctionDefinition;
