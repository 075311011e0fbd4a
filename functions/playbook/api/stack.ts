import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact: "Business people can neither change nor roll back what customers are told.",
  routes: [
    "POST /v1/playbooks",
    "GET /v1/playbooks",
    "GET /v1/playbooks/{version}",
    "POST /v1/playbooks/{version}/publish",
  ],
  uses: ["keys:read", "playbooks:read-write"],
  memorySize: 1769,
  timeoutSeconds: 29,
} satisfies FunctionDefinition;
