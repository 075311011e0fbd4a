import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact: "Business people can neither change nor roll back what customers are told.",
  operations,
  uses: ["playbooks:read-write", "drafts:list", "journeys:edit", "runs:read", "jobs:read"],
  memorySize: 1769,
  timeoutSeconds: 29,
} satisfies FunctionDefinition;
