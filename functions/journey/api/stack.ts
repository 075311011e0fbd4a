import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact:
    "Nobody sees who is in which journey, and a journey that goes wrong cannot be stopped but by publishing.",
  operations,
  uses: [
    "customers:read",
    "runs:read",
    "journeys:pause",
    "playbooks:read",
    "inbox:send",
    "identifier-key:read",
  ],
} satisfies FunctionDefinition;
