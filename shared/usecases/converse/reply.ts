import { answerCategory, answerContent, replyChannel } from "#domain/conversation/reply-channel.ts";
import type { Joining } from "#domain/conversation/thread.ts";
import { mayStandFor, onChannel, ownContent, treatmentsNamed } from "#domain/decision/input/named-order.ts";
import { messageIdOf } from "#domain/decision/record/request.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { ConversationHead } from "#domain/records/conversation.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import { type OrderDependencies, type Ordered, orderMessage, repeatOrder } from "../decide/order-message.ts";
import { findConversation } from "./change.ts";
import { closedEverywhere } from "./closed.ts";
import type { ChangeDependencies } from "./dependencies.ts";
import { joiningThread } from "./joining-thread.ts";
import { shownText } from "./shown-text.ts";

export type ReplyDependencies = OrderDependencies &
  ChangeDependencies & { readonly playbooks: Pick<CompiledVersions, "current"> };

/** What an agent answers. */
export type Reply = {
  readonly agent: string;
  /** One of the two. */
  readonly text?: string;
  readonly treatment?: string;
  readonly channel?: string;
  readonly ifLastSeq?: number;
  /** The same key is the same answer. "": each is one of its own. */
  readonly key: string;
  /** Of the request's body: the same key with another is refused. */
  readonly requestHash: string;
};

export type Replied = { readonly messageId: string; readonly channel: string; readonly status: string };

/** Throws `channel_closed` with why each channel is closed. */
const channelFor = (
  head: ConversationHead,
  asked: {
    readonly playbook: CompiledPlaybook;
    readonly record: CustomerRecord;
    readonly now: number;
    readonly wanted?: string | undefined;
    readonly treatment?: string | undefined;
  },
): string => {
  const found = replyChannel(head, asked);
  if (found.channel !== null) return found.channel;
  throw closedEverywhere(found.closed, asked);
};

type Content = Pick<Parameters<typeof orderMessage>[1], "action" | "treatments" | "content" | "category">;

/** What the answer is in the playbook's words. Throws `invalid_request` where the playbook knows no such treatment. */
const contentFor = (
  { text, treatment }: Reply,
  channel: string,
  head: ConversationHead,
  playbook: CompiledPlaybook,
): Content => {
  const category = answerCategory(playbook);
  if (treatment === undefined) {
    return {
      category,
      content: answerContent(channel, text ?? "", head, playbook.document.brand.name),
      treatments: [ownContent(channel)],
    };
  }
  const named = treatmentsNamed(treatment, { category: category.name, channel }, playbook);
  const treatments = onChannel(named.treatments, channel);
  if (treatments.length === 0)
    throw wrongField("treatment", `a treatment for ${channel}`, "one that there is not");
  if (!mayStandFor(category, named.categories, playbook))
    throw wrongField("treatment", "one that may answer a customer", "an offer");
  return { category, treatments, ...(named.action === undefined ? {} : { action: named.action }) };
};

/** What stands in the thread: the words, also where a treatment says them. */
const joiningOf = (
  { agent, text }: Reply,
  ids: { readonly decisionId: string; readonly channel: string; readonly at: string },
  told: () => string,
): Joining => ({
  messageId: messageIdOf(ids.decisionId, 1),
  decisionId: ids.decisionId,
  direction: "out",
  channel: ids.channel,
  author: { type: "agent", name: agent },
  text: text ?? told(),
  attachments: [],
  at: ids.at,
});

const repliedBy = ({ message }: Ordered): Replied => ({
  messageId: message.messageId,
  channel: message.channel,
  status: message.status,
});

/** What an answer is refused with where the conversation is not as its author saw it. */
const MOVED: ReadonlySet<string> = new Set(["conversation_moved", "claimed"]);

/**
 * Answers a customer: the answer joins the thread, on the condition that nobody wrote since its author looked, and is
 * decided and recorded like any message, in one write; then the sender is asked. Asked for again with the same key, it goes on
 * where it stopped, and leaves once.
 * @throws RapportError `not_found`, `conversation_moved`, `channel_closed`, `idempotency_conflict`
 */
export const replyTo = async (
  deps: ReplyDependencies,
  conversationId: string,
  reply: Reply,
): Promise<Replied> => {
  const { clock, customers, ids } = deps;
  const [playbook, head] = await Promise.all([
    deps.playbooks.current(),
    findConversation(deps, conversationId),
  ]);
  const record = await customers.find(head.customerId);
  if (record === null) throw new RapportError("not_found", "the customer is gone");
  const decisionId =
    reply.key === "" ? ids.id("dec") : hashId("dec", "reply", conversationId, reply.agent, reply.key);
  const now = clock.now();
  const channel = channelFor(head, {
    playbook,
    record,
    now,
    wanted: reply.channel,
    treatment: reply.treatment,
  });
  const content = contentFor(reply, channel, head, playbook);
  const order = { ...content, record, playbook, decisionId, channel, conversationId, data: {} };
  const at = new Date(now).toISOString();
  const message = joiningOf(reply, { decisionId, channel, at }, () =>
    shownText(
      {
        ...(content.action === undefined ? {} : { action: content.action.name }),
        treatment: reply.treatment ?? "",
        channel,
        data: {},
        createdAt: at,
      },
      record,
      playbook.document,
    ),
  );
  const { requestHash, ifLastSeq } = reply;
  const input = { kind: "answer", message, ...(ifLastSeq === undefined ? {} : { ifLastSeq }) } as const;
  const joining = joiningThread(deps, head, input);
  try {
    const ordered = await orderMessage(deps, { ...order, requestHash, joins: joining.joins });
    await joining.tell();
    return repliedBy(ordered);
  } catch (error) {
    if (!(error instanceof RapportError) || !MOVED.has(error.code)) throw error;
    // Whoever asks again may have been moved by their own answer.
    const earlier = await deps.decisions.recorded(decisionId);
    if (earlier === null) throw error;
    return repliedBy(await repeatOrder(deps, earlier, requestHash));
  }
};
