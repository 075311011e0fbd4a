import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact:
    "Events of web sites, apps and servers are refused; clients that do not retry lose them, and nobody is answered in time.",
  operations,
  withoutKey: "analytics.js asks for its settings and reports its own health before it has a key to show.",
  uses: ["inbox:send", "identifier-key:read", "identity-key:read", "public-url"],
  memorySize: 1024,
  canary: true,
} satisfies FunctionDefinition;
