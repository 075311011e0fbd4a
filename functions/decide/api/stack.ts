import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact: "Sites, apps and call centres get no decision and show every customer the same.",
  operations,
  uses: [
    "customers:read-write",
    "decisions:record",
    "decision-log:write",
    "playbooks:read",
    "models:read",
    "bus:put",
    "identifier-key:read",
  ],
  memorySize: 1769,
  canary: true,
} satisfies FunctionDefinition;
