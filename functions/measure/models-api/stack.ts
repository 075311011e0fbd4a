import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact:
    "Nobody sees reports, nor how models, experiments and providers do; decisions go on as before.",
  operations,
  uses: ["playbooks:read", "models:read", "provider-sums:read"],
} satisfies FunctionDefinition;
