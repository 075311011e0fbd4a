import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact:
    "Nobody sees how large a segment is or how far a send came, and a send that goes wrong cannot be stopped by hand.",
  operations,
  uses: ["jobs:read-write", "playbooks:read", "timers:set", "due:send", "bus:put"],
  memorySize: 1769,
  timeoutSeconds: 29,
} satisfies FunctionDefinition;
