import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { ofAllProviders } from "#infra/constructs/provider-resources.ts";
import * as RESOURCES from "#providers/all.resources.ts";

export default {
  failureImpact:
    "Bounces, complaints and deliveries are not noted: we go on writing to people who cannot or will not read.",
  uses: ["customers:read-write", "messages:record", "inbox:send", "identifier-key:read", "playbooks:read"],
  queues: [
    {
      name: "queue",
      from: [
        { topic: "provider-events" },
        // The second way: should the topic fail, the account's own bus still tells what matters most.
        ...ofAllProviders(RESOURCES, ({ busSources }) => busSources).map(
          (source) => ({ bus: "default", pattern: { source: [source] } }) as const,
        ),
      ],
    },
  ],
} satisfies FunctionDefinition;
