import { sendingFunction } from "#infra/constructs/sending.ts";
import { whatsapp } from "#providers/all.resources.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export default sendingFunction({
  channel: "whatsapp",
  failureImpact: "WhatsApp messages do not leave: parcel notices, and answers to what customers wrote.",
  providers: whatsapp,
  bulkConcurrency: BULK_CONCURRENCY,
});
