import type { FunctionDefinition } from "../../../infra/constructs/definition.ts";

export default {
  failureImpact: "Nobody sees how well the models know their customers; decisions go on as before.",
  routes: ["GET /v1/models"],
  uses: ["keys:read", "playbooks:read", "models:read"],
} satisfies FunctionDefinition;
