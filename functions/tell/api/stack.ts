import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { callsOutside, EVENTS_OUT } from "#infra/constructs/telling.ts";
import { OUTLET } from "#providers/all.outlet.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact:
    "Nobody sees which systems are told nothing any more, and what they missed is not told again: orders and bills go on by what was so before.",
  channel: EVENTS_OUT,
  operations,
  uses: ["webhooks:manage", "playbooks:read", "bus:put"],
  ...callsOutside(OUTLET),
} satisfies FunctionDefinition;
