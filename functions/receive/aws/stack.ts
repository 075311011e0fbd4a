import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { acknowledgedOfFetching, fetchingRights } from "#infra/constructs/provider-resources.ts";
import { UNREAD } from "#infra/constructs/receiving.ts";
import * as RESOURCES from "#providers/all.resources.ts";

export default {
  failureImpact:
    "What customers write stays unread: nobody answers them, and who says stop is written to again.",
  uses: [
    "playbooks:read",
    "inbox:send",
    "identifier-key:read",
    "originals:keep",
    "messages:record",
    "customers:read-write",
  ],
  alarms: [UNREAD],
  resources: () => ({ environment: {}, statements: fetchingRights(RESOURCES) }),
  acknowledged: acknowledgedOfFetching(RESOURCES),
  queues: [{ name: "queue", from: [{ topic: "inbound" }], lateAfterSeconds: 120 }],
} satisfies FunctionDefinition;
