import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact:
    "Applications cannot ask for messages: order confirmations and one-time codes are not even requested, and no code that was sent is accepted.",
  operations,
  uses: [
    "customers:read-write",
    "decisions:record",
    "decision-log:write",
    "data-keys:read",
    "timers:set",
    "playbooks:read",
    "due:send",
    "bus:put",
    "identifier-key:read",
    "link-key:read",
    "codes:check",
  ],
  memorySize: 1024,
} satisfies FunctionDefinition;
