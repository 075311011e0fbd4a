import type { Response, Saying } from "#domain/answering/respond.ts";
import type { ConverseInput } from "#domain/conversation/converse.ts";
import { dueTimers } from "#domain/conversation/due-timer.ts";
import { answerCategory, contentSaying, replyChannel } from "#domain/conversation/reply-channel.ts";
import type { Joining, Thread } from "#domain/conversation/thread.ts";
import { ownContent } from "#domain/decision/input/named-order.ts";
import { messageIdOf } from "#domain/decision/record/request.ts";
import { MESSAGE_RECEIVED } from "#domain/playbook/model/known.ts";
import type { ConversationHead, ThreadMessage } from "#domain/records/conversation.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { RapportError } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import { orderMessage, repeatOrder } from "../decide/order-message.ts";
import { type Answering, handingOver, respond, summaryFor, together } from "./automatic-response.ts";
import { changeConversation } from "./change.ts";
import { joiningThread } from "./joining-thread.ts";
import type { ReplyDependencies } from "./reply.ts";
import { shownText } from "./shown-text.ts";
import type { Joined } from "./take-received.ts";

/** Of a thread, where what we did not answer yet stands. */
const MOST_LOOKED_BACK = 30;
/** Of an automatic answer that is made again, there is no request to compare with. */
const REQUEST_HASH = "automatic";

const decisionIdOf = ({ conversationId }: ConversationHead, messageId: string): string =>
  hashId("dec", "answer", conversationId, messageId);

const isTurn = ({ direction }: ThreadMessage): boolean => direction === "in" || direction === "out";

/** What joined last; the thread is read where more may wait for an answer. */
const turnOf = async (
  { conversations }: Pick<ReplyDependencies, "conversations">,
  head: ConversationHead,
  thread: Thread | undefined,
): Promise<readonly ThreadMessage[]> => {
  const first = thread?.messages.find(({ direction, isAutomatic }) => direction === "in" && !isAutomatic);
  const isAll = first !== undefined && head.waitingSince === first.at;
  const messages = isAll
    ? (thread?.messages ?? [])
    : await conversations.messages(head.conversationId, { limit: MOST_LOOKED_BACK });
  return messages.filter(isTurn);
};

/** What waits for an answer, after the last of ours. */
const unanswered = (turns: readonly ThreadMessage[]): readonly ThreadMessage[] =>
  turns.slice(turns.findLastIndex(({ direction }) => direction === "out") + 1);

/** What is done in the conversation, where something is said: with its message. */
const inputOf = (
  answering: Answering,
  response: Response,
  { record, now, message }: { record: CustomerRecord; now: number; message?: Joining },
): Extract<ConverseInput, { kind: "automatic" }> => {
  const { rule, handOver } = response;
  return {
    kind: "automatic",
    after: answering.turn.at(-1)?.seq ?? 0,
    ...(message === undefined ? {} : { message }),
    ...(rule === undefined ? {} : { rule }),
    ...(handOver === undefined
      ? {}
      : {
          handOver: {
            why: handOver.why,
            ...(handOver.topic === undefined ? {} : { topic: handOver.topic }),
            summary: summaryFor(answering, response, record, now),
          },
        }),
  };
};

/** Says it: one message with its decision, and the thread with it, or nothing of all that. */
const say = async (
  deps: ReplyDependencies,
  answering: Answering,
  response: Response,
  { record, now, saying, channel }: { record: CustomerRecord; now: number; saying: Saying; channel: string },
): Promise<void> => {
  const { head, playbook, turn } = answering;
  const last = turn.at(-1);
  if (last === undefined) return;
  const at = new Date(now).toISOString();
  const decisionId = decisionIdOf(head, last.messageId);
  const { brand } = playbook.document;
  const content = contentSaying(channel, saying.text, head, brand.name);
  const event = { name: MESSAGE_RECEIVED, at: last.at, properties: { channel: last.channel } };
  const shown = { channel, content, data: saying.data, createdAt: at, event: event.properties };
  const message: Joining = {
    messageId: messageIdOf(decisionId, 1),
    decisionId,
    direction: "out",
    channel,
    author: { type: "bot", name: brand.name },
    text: shownText(shown, record, playbook.document),
    attachments: [],
    at,
  };
  const joining = joiningThread(deps, head, inputOf(answering, response, { record, now, message }));
  await orderMessage(deps, {
    category: answerCategory(playbook),
    treatments: [ownContent(channel)],
    content,
    data: saying.data,
    event,
    trigger: `answer.${response.rule ?? "hand-over"}`,
    eventId: last.messageId,
    depth: (last.depth ?? 0) + 1,
    record,
    playbook,
    decisionId,
    channel,
    conversationId: head.conversationId,
    requestHash: REQUEST_HASH,
    joins: async () => {
      const thread = await joining.joins();
      const due = dueTimers(head, thread.head);
      if (due.length > 0) await deps.timers.set(due);
      return thread;
    },
  });
  await joining.tell();
};

/** Whoever answered before may have died before the sender was asked. */
const askAgain = async (deps: ReplyDependencies, turns: readonly ThreadMessage[]): Promise<void> => {
  const last = turns.at(-1);
  if (last?.author.type !== "bot" || last.decisionId === undefined) return;
  const earlier = await deps.decisions.recorded(last.decisionId);
  if (earlier !== null) await repeatOrder(deps, earlier, REQUEST_HASH);
};

const answerOrHandOver = async (deps: ReplyDependencies, answering: Answering): Promise<void> => {
  const { head, playbook } = answering;
  const record = await deps.customers.find(head.customerId);
  if (record === null) return;
  const now = deps.clock.now();
  const response = respond(answering, record, now);
  const saying = together([response.say, handingOver(response, playbook, now)]);
  const { channel } = replyChannel(head, { playbook, record, now });
  if (saying !== undefined && channel !== null)
    return say(deps, answering, response, { record, now, saying, channel });
  // Where nothing can be said, a person is to know.
  const { handOver = { why: "nothing-fits" as const } } = response;
  const input = inputOf(answering, { ...response, handOver }, { record, now });
  await changeConversation(deps, head.conversationId, input, head);
};

/**
 * Answers what a customer wrote by the rules of the playbook, or gives it over to people: each answer is a decision of its own,
 * recorded with its rule, and stands in the thread. Nobody is answered whom a person or the queue has, nor a machine. Told of
 * twice, it answers once; where the customer wrote again meanwhile, it is silent, and what they wrote last is answered with it.
 */
export const answerReceived = async (
  deps: ReplyDependencies,
  { conversationId, thread }: Joined,
): Promise<void> => {
  const playbook = await deps.playbooks.current();
  if (playbook.replies === undefined) return;
  const head = thread?.head ?? (await deps.conversations.get(conversationId));
  if (head === null || head.handler !== "bot" || head.state === "closed") return;
  const turns = await turnOf(deps, head, thread);
  const turn = unanswered(turns);
  if (turn.every(({ isAutomatic }) => isAutomatic === true)) return askAgain(deps, turns);
  try {
    await answerOrHandOver(deps, { head, turn, playbook });
  } catch (error) {
    if (!(error instanceof RapportError) || error.code !== "conversation_moved") throw error;
    deps.telemetry.log.info("somebody else answers", { customerId: head.customerId });
  }
};
