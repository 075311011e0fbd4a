import { inboundDomainsIn } from "#infra/constructs/receiving.ts";
import { sendingFunction } from "#infra/constructs/sending.ts";
import { email } from "#providers/all.resources.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export default sendingFunction({
  channel: "email",
  failureImpact: "E-mails do not leave, order confirmations included.",
  providers: email,
  surroundings: inboundDomainsIn,
  bulkConcurrency: BULK_CONCURRENCY,
  memorySize: 1024,
});
