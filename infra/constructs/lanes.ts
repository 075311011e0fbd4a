import type { FunctionDefinition, QueueDefinition } from "./definition.ts";

/** SQS's own limit: a message's deadline ends its retries, never a receive count. */
const UNTIL_ITS_DEADLINE = 1_000;

interface LaneLimits {
  /** Most invocations at once for the bulk lane: what the provider's rate leaves beside the transactional one. */
  readonly bulkConcurrency: number;
}

/** The two queues of a channel's sender: a campaign in the bulk lane never delays an order confirmation. */
export const lanes = (channel: string, limits: LaneLimits): readonly QueueDefinition[] => [
  lane(channel, "transactional", { lateAfterSeconds: 60 }),
  lane(channel, "bulk", { lateAfterSeconds: 3_600, maximumConcurrency: limits.bulkConcurrency }),
];

const lane = (
  channel: string,
  name: "transactional" | "bulk",
  limits: Pick<QueueDefinition, "lateAfterSeconds" | "maximumConcurrency">,
): QueueDefinition => ({
  name,
  from: [
    {
      bus: "rapport",
      pattern: { "detail-type": ["message.requested"], detail: { channel: [channel], lane: [name] } },
    },
  ],
  maxReceiveCount: UNTIL_ITS_DEADLINE,
  ...limits,
});

/** What every sender touches: claim, policy, rendering, record and retry are the same for all channels (shared/usecases/send). */
export const SENDING = [
  "customers:read",
  "contacts:write",
  "suppressions:read",
  "messages:record",
  "timers:set",
  "playbooks:read",
  "due:send",
  "inbox:send",
  "identifier-key:read",
  "link-key:read",
  "public-url",
] as const satisfies FunctionDefinition["uses"];
