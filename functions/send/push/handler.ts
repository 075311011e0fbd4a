import { render } from "#channels/push/render.ts";
import { push } from "#providers/all.senders.ts";
import { sendingWorker } from "#runtime/sending-worker.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export const handler = await sendingWorker({
  channel: "push",
  render,
  senders: push,
  bulkConcurrency: BULK_CONCURRENCY,
});
