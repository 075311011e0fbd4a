import { render } from "#channels/chat/render.ts";
import { chat } from "#providers/all.senders.ts";
import { sendingWorker } from "#runtime/sending-worker.ts";
import { chatStore } from "#runtime/stores.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export const handler = await sendingWorker({
  channel: "chat",
  render,
  senders: chat,
  chats: chatStore(),
  bulkConcurrency: BULK_CONCURRENCY,
});
