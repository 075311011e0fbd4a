import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { lanes, SENDING } from "#infra/constructs/lanes.ts";
import { addPushSending } from "#infra/constructs/providers/push.ts";

export default {
  failureImpact: "Phones stay silent: people with the app learn nothing until they open it.",
  uses: SENDING,
  queues: lanes("push", { bulkConcurrency: 10 }),
  resources: addPushSending,
  timeoutSeconds: 30,
} satisfies FunctionDefinition;
