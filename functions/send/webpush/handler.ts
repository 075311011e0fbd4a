import { render } from "#channels/webpush/render.ts";
import { webpush } from "#providers/all.senders.ts";
import { sendingWorker } from "#runtime/sending-worker.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export const handler = await sendingWorker({
  channel: "webpush",
  render,
  senders: webpush,
  bulkConcurrency: BULK_CONCURRENCY,
});
