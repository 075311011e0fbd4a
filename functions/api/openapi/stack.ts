import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact: "Developers cannot read the API's description; nothing that customers see depends on it.",
  routes: ["GET /openapi.json"],
  uses: [],
  memorySize: 256,
} satisfies FunctionDefinition;
