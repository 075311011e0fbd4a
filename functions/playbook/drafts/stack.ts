import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact: "Customers notice nothing; business people can neither change a draft nor publish one.",
  operations,
  uses: ["playbooks:read-write", "drafts:read-write", "journeys:edit", "runs:read", "jobs:read"],
  memorySize: 1769,
  timeoutSeconds: 29,
} satisfies FunctionDefinition;
