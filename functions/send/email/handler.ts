import { renderAnswerable } from "#channels/email/render.ts";
import { email } from "#providers/all.senders.ts";
import { inboundDomains } from "#runtime/inbound-domains.ts";
import { sendingWorker } from "#runtime/sending-worker.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export const handler = await sendingWorker({
  channel: "email",
  render: renderAnswerable(inboundDomains()),
  senders: email,
  bulkConcurrency: BULK_CONCURRENCY,
});
