import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact:
    "Agents and applications cannot see who a customer is, so the customer has to explain it again, and a no that they told somebody waits.",
  operations,
  uses: [
    "customers:read",
    "contacts:write",
    "timeline:read",
    "playbooks:read",
    "inbox:send",
    "identifier-key:read",
  ],
} satisfies FunctionDefinition;
