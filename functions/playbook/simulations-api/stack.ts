import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact:
    "Customers notice nothing; business people publish a playbook without seeing first what it changes.",
  operations,
  uses: ["playbooks:read", "simulations:run", "bus:put"],
  memorySize: 1769,
  timeoutSeconds: 29,
} satisfies FunctionDefinition;
