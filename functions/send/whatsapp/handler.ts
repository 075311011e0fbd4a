import { render } from "#channels/whatsapp/render.ts";
import { whatsapp } from "#providers/all.senders.ts";
import { sendingWorker } from "#runtime/sending-worker.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export const handler = await sendingWorker({
  channel: "whatsapp",
  render,
  senders: whatsapp,
  bulkConcurrency: BULK_CONCURRENCY,
});
