import { sendingFunction } from "#infra/constructs/sending.ts";
import { webpush } from "#providers/all.resources.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export default sendingFunction({
  channel: "webpush",
  failureImpact:
    "Browsers stay silent: readers who asked to be told on their computer learn nothing until they come by.",
  providers: webpush,
  bulkConcurrency: BULK_CONCURRENCY,
});
