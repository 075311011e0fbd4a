import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact:
    "What customers write reaches nobody's inbox, or is not answered by the rules: they wait for an answer.",
  uses: [
    "customers:read-write",
    "merges:read",
    "outcomes:read",
    "decisions:record",
    "decision-log:write",
    "data-keys:read",
    "conversations:write",
    "inbox:send",
    "timers:join",
    "timers:set",
    "due:send",
    "bus:put",
    "identifier-key:read",
    "playbooks:read",
  ],
  queues: [
    {
      name: "queue",
      from: [
        {
          bus: "rapport",
          pattern: {
            "detail-type": ["message.received", "conversation.snooze-over", "conversation.due"],
          },
        },
      ],
      lateAfterSeconds: 120,
    },
  ],
  memorySize: 1769,
} satisfies FunctionDefinition;
