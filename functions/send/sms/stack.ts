import { sendingFunction } from "#infra/constructs/sending.ts";
import { sms } from "#providers/all.resources.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export default sendingFunction({
  channel: "sms",
  failureImpact: "Text messages do not leave: codes, parcel notices and warnings stay unread.",
  providers: sms,
  bulkConcurrency: BULK_CONCURRENCY,
});
