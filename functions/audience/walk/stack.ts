import type { FunctionDefinition } from "#infra/constructs/definition.ts";

/** What goes wrong with the messages of a send: it stops where that is too much. */
const WENT_WRONG = { outcome: ["bounced", "complained"] };

export default {
  failureImpact:
    "Sends to many stand still, or go on although their messages bounce; sizes of segments grow old.",
  uses: [
    "customers:scan",
    "customers:read",
    "contacts:write",
    "data-keys:make",
    "jobs:read-write",
    "decisions:record",
    "decision-log:write",
    "data-keys:read",
    "timers:set",
    "playbooks:read",
    "models:read",
    "runs:read",
    "due:send",
    "bus:put",
  ],
  queues: [
    {
      name: "queue",
      from: [
        { bus: "rapport", pattern: { "detail-type": ["job.turn"] } },
        {
          bus: "rapport",
          pattern: { "detail-type": ["outcome.recorded", "outcome.counted"], detail: WENT_WRONG },
        },
      ],
      // A turn is a quarter of a minute of work.
      batchSize: 1,
      maximumConcurrency: 4,
      lateAfterSeconds: 900,
    },
  ],
  memorySize: 1769,
  timeoutSeconds: 30,
} satisfies FunctionDefinition;
