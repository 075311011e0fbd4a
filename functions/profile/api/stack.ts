import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact:
    "Agents and applications cannot see who a customer is, so the customer has to explain it again.",
  operations,
  uses: ["customers:read", "timeline:read", "playbooks:read", "identifier-key:read"],
} satisfies FunctionDefinition;
