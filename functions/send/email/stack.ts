import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { lanes, SENDING } from "#infra/constructs/lanes.ts";
import { addEmailSending } from "#infra/constructs/providers/email.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export default {
  failureImpact: "E-mails do not leave, order confirmations included.",
  uses: SENDING,
  queues: lanes("email", { bulkConcurrency: BULK_CONCURRENCY }),
  resources: addEmailSending,
  memorySize: 1024,
  timeoutSeconds: 30,
} satisfies FunctionDefinition;
