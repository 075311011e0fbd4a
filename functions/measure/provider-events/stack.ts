import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact:
    "Bounces, complaints and deliveries are not noted: we go on writing to people who cannot or will not read.",
  uses: ["customers:read-write", "messages:record", "inbox:send", "identifier-key:read"],
  queues: [
    {
      name: "queue",
      from: [
        { topic: "provider-events" },
        // The second way: should the topic fail, the account's own bus still tells what matters most.
        { bus: "default", pattern: { source: ["aws.ses"] } },
        { bus: "default", pattern: { source: ["aws.sms-voice"] } },
      ],
    },
  ],
} satisfies FunctionDefinition;
