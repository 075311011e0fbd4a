import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact: "Applications cannot report what came of a decision, so the same wrong offer is made again.",
  operations,
  uses: ["customers:read-write", "messages:record", "playbooks:read", "inbox:send", "identifier-key:read"],
} satisfies FunctionDefinition;
