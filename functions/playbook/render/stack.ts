import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact:
    "Nobody sees what a message would look like before it is published; messages go out as before.",
  operations,
  uses: ["customers:read", "playbooks:read", "identifier-key:read"],
} satisfies FunctionDefinition;
