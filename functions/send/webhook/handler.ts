import { render } from "#channels/webhook/render.ts";
import { webhook } from "#providers/all.senders.ts";
import { sendingWorker } from "#runtime/sending-worker.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export const handler = await sendingWorker({
  channel: "webhook",
  render,
  senders: webhook,
  bulkConcurrency: BULK_CONCURRENCY,
});
