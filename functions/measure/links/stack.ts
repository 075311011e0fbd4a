import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact: "Links in messages lead nowhere and people cannot unsubscribe.",
  operations,
  withoutKey: "People follow these links from their mail: the signed token in the path is the right to act.",
  uses: [
    "customers:read-write",
    "suppressions:read",
    "history:read",
    "playbooks:read",
    "inbox:send",
    "identifier-key:read",
    "link-key:read",
    "public-url",
  ],
  memorySize: 1024,
} satisfies FunctionDefinition;
