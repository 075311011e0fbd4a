import type { FunctionDefinition, QueueDefinition } from "#infra/constructs/definition.ts";
import { callsOutside, DISABLED, EVENTS_OUT } from "#infra/constructs/telling.ts";
import { OUTLET } from "#providers/all.outlet.ts";

/** Who is slow has a queue and executions of its own: nobody else waits behind it. */
const lane = (
  name: "prompt" | "patient",
  limits: Pick<QueueDefinition, "batchSize" | "maximumConcurrency" | "lateAfterSeconds">,
): QueueDefinition => ({
  name,
  from: [{ bus: "rapport", pattern: { "detail-type": ["webhook.due"], detail: { lane: [name] } } }],
  ...limits,
});

export default {
  failureImpact:
    "Systems of the company are told late or not at all what customers do: they ship, bill and answer by what was so before.",
  channel: EVENTS_OUT,
  uses: [
    "webhooks:tell",
    "customers:read",
    "history:read",
    "playbooks:read",
    "timers:set",
    "due:send",
    "bus:put",
  ],
  alarms: [DISABLED],
  queues: [
    lane("prompt", { batchSize: 10, maximumConcurrency: 5, lateAfterSeconds: 300 }),
    lane("patient", { batchSize: 5, maximumConcurrency: 2, lateAfterSeconds: 3_600 }),
  ],
  timeoutSeconds: 25,
  ...callsOutside(OUTLET),
} satisfies FunctionDefinition;
