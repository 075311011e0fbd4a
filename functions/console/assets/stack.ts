import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact: "The console does not open, so nobody can look after customers there.",
  operations,
  withoutKey: "The console's files are for everybody; what they show comes from calls that ask who is there.",
  uses: ["public-url"],
} satisfies FunctionDefinition;
