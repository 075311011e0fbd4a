import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact: "A client with a wrong path reads an error in another form than the one it understands.",
  routes: ["$default"],
  uses: [],
  memorySize: 256,
} satisfies FunctionDefinition;
