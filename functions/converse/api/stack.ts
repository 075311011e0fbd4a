import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact: "Agents see no conversations and cannot answer: customers who wrote wait.",
  operations,
  uses: [
    "conversations:read-write",
    "customers:read-write",
    "decisions:record",
    "decision-log:write",
    "data-keys:read",
    "timers:join",
    "timers:set",
    "playbooks:read",
    "originals:read",
    "inbox:send",
    "due:send",
    "bus:put",
    "identifier-key:read",
  ],
  memorySize: 1024,
} satisfies FunctionDefinition;
