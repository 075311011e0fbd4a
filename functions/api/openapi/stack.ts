import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact: "Developers cannot read the API's description; nothing that customers see depends on it.",
  operations,
  withoutKey: "The description of the API is for everybody.",
  uses: [],
  memorySize: 256,
} satisfies FunctionDefinition;
