import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { inboundDomainsIn, MAILS, UNREAD } from "#infra/constructs/receiving.ts";
import { email } from "#providers/all.resources.ts";

export default {
  failureImpact: "Mail that customers write stays unread: nobody answers them.",
  uses: [
    "originals:read",
    "messages:record",
    "playbooks:read",
    "inbox:send",
    "identifier-key:read",
    "link-key:read",
    "suppressions:say",
  ],
  queues: [{ name: "queue", from: [{ originals: MAILS }], batchSize: 1, lateAfterSeconds: 120 }],
  alarms: [UNREAD],
  resources: (scope) => {
    for (const { receive } of Object.values(email)) receive?.(scope);
    return { environment: inboundDomainsIn(scope.settings) };
  },
  // A mail of 25 MB with its parts decoded.
  memorySize: 1024,
  timeoutSeconds: 30,
} satisfies FunctionDefinition;
