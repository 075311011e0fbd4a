import { render } from "#channels/sms/render.ts";
import { sms } from "#providers/all.senders.ts";
import { sendingWorker } from "#runtime/sending-worker.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export const handler = await sendingWorker({
  channel: "sms",
  render,
  senders: sms,
  bulkConcurrency: BULK_CONCURRENCY,
});
