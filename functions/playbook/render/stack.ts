import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact:
    "Nobody sees what a message would look like before it is published; messages go out as before.",
  operations,
  uses: ["customers:read", "playbooks:read", "drafts:read", "identifier-key:read"],
  // A draft is read and compiled while somebody looks on.
  memorySize: 1769,
  timeoutSeconds: 29,
} satisfies FunctionDefinition;
