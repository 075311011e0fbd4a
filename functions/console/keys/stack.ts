import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact:
    "No key is made or revoked in the console: a stolen one goes on working until the command line revokes it.",
  operations,
  uses: ["keys:manage"],
} satisfies FunctionDefinition;
