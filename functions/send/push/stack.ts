import { sendingFunction } from "#infra/constructs/sending.ts";
import { push } from "#providers/all.resources.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export default sendingFunction({
  channel: "push",
  failureImpact: "Phones stay silent: people with the app learn nothing until they open it.",
  providers: push,
  bulkConcurrency: BULK_CONCURRENCY,
});
