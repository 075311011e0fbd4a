import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { lanes, SENDING } from "#infra/constructs/lanes.ts";
import { addSmsSending } from "#infra/constructs/providers/sms.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export default {
  failureImpact: "Text messages do not leave: codes, parcel notices and warnings stay unread.",
  uses: SENDING,
  queues: lanes("sms", { bulkConcurrency: BULK_CONCURRENCY }),
  resources: addSmsSending,
  timeoutSeconds: 30,
} satisfies FunctionDefinition;
