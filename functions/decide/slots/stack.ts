import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact: "Pages and apps that ask by themselves show every visitor the same, or an empty place.",
  operations,
  withoutKey: "A page tells what was seen and clicked: the signed token in the path is the right to.",
  // Anybody may call it: it changes of a customer nothing but what looks like contact history, and makes keys for the log.
  uses: [
    "customers:read",
    "contacts:write",
    "data-keys:make",
    "decisions:record",
    "decision-log:write",
    "playbooks:read",
    "models:read",
    "bus:put",
    "inbox:send",
    "identifier-key:read",
    "identity-key:read",
    "link-key:read",
  ],
  memorySize: 1024,
} satisfies FunctionDefinition;
