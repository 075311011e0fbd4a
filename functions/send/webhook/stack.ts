import { sendingFunction } from "#infra/constructs/sending.ts";
import { webhook } from "#providers/all.resources.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export default sendingFunction({
  channel: "webhook",
  failureImpact:
    "Messages to other systems do not leave: people on a messenger, a till or a robot behind one learn nothing.",
  providers: webhook,
  bulkConcurrency: BULK_CONCURRENCY,
});
