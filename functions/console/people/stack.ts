import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact:
    "Nobody sees in the console who changed what or which alarms went off, and nobody is invited or shut out there, so a mistake that customers notice takes longer to mend.",
  operations,
  uses: ["audit:read", "people:list", "people:manage", "alarms:list"],
} satisfies FunctionDefinition;
