import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact:
    "Nobody can look up who changed what, so a mistake that customers notice takes longer to mend.",
  operations,
  uses: ["audit:read"],
} satisfies FunctionDefinition;
