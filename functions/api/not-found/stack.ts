import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact: "A client with a wrong path reads an error in another form than the one it understands.",
  operations,
  withoutKey: "It says 404 or 405 to everybody and touches nothing.",
  uses: [],
  memorySize: 256,
} satisfies FunctionDefinition;
