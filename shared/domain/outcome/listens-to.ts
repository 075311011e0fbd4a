import type { PlaybookDocument } from "../playbook/model/document.ts";
import type { Message } from "../records/message.ts";

const SENT = "message.sent";

/**
 * Whether a trigger, a computed trait or the models of the playbook use `message.sent` of this message. Models do not use
 * that of transactional messages: no choice was made there to learn from.
 */
export const listensToSent = (
  { triggers, dataModel, learning }: PlaybookDocument,
  { lane }: Pick<Message, "lane">,
): boolean =>
  // A sent choice counts as seen: without it models would learn from successes only.
  (learning !== undefined && lane !== "transactional") ||
  triggers.some(({ on, unless }) => on === SENT || unless.includes(SENT)) ||
  dataModel.computed.some(({ event }) => event === SENT);
