import { sendingFunction } from "#infra/constructs/sending.ts";
import { chat } from "#providers/all.resources.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export default sendingFunction({
  channel: "chat",
  failureImpact: "Answers do not come into the chat: people wait in front of it, and go.",
  providers: chat,
  also: ["chats:add"],
  bulkConcurrency: BULK_CONCURRENCY,
});
