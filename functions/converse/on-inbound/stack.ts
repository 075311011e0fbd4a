import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact: "What customers write reaches nobody's inbox: they wait for an answer that nobody knows of.",
  uses: [
    "customers:read",
    "merges:read",
    "outcomes:read",
    "conversations:write",
    "inbox:send",
    "timers:join",
    "timers:set",
    "due:send",
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
  memorySize: 1024,
} satisfies FunctionDefinition;
