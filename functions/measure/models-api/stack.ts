import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact: "Nobody sees how models and experiments do; decisions go on as before.",
  routes: ["GET /v1/models", "GET /v1/experiments"],
  uses: ["keys:read", "playbooks:read", "models:read"],
} satisfies FunctionDefinition;
