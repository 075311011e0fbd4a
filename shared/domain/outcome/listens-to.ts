import type { PlaybookDocument } from "../playbook/model/document.ts";
import type { Message } from "../records/message.ts";

const SENT = "message.sent";

/**
 * Whether a trigger, a computed trait or the models of the playbook wait to hear that this message was sent. Models do
 * not wait for what is owed: nothing was chosen there, so nothing is learnt of it.
 */
export const listensToSent = (
  { triggers, dataModel, learning }: PlaybookDocument,
  { lane }: Pick<Message, "lane">,
): boolean =>
  // Choices sent count as seen: without them there are successes and no failures.
  (learning !== undefined && lane !== "transactional") ||
  triggers.some(({ on, unless }) => on === SENT || unless.includes(SENT)) ||
  dataModel.computed.some(({ event }) => event === SENT);
