import { CHANNELS } from "#channels/all.ts";
import { WINDOW_CLOSED } from "../contact-policy/writing-window.ts";
import { decideMessage, type MessageOrder } from "../decision/decide-message.ts";
import { mayStandFor, onChannel, ownContent, treatmentsNamed } from "../decision/input/named-order.ts";
import { isApproved } from "../playbook/model/approved.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { Category } from "../playbook/model/contact-policy.ts";
import type { Treatment } from "../playbook/model/document.ts";
import type { ConversationHead } from "../records/conversation.ts";
import type { CustomerRecord } from "../records/customer.ts";
import type { MessageContent } from "../records/message.ts";

/** A channel that an answer cannot leave by, and why. */
export type ClosedChannel = {
  readonly channel: string;
  readonly reason: string;
  /** Treatments that may go out there all the same. Absent: none. */
  readonly treatments?: readonly string[];
};

/** By which channel an answer leaves; or why by none. */
export type ReplyChannel =
  | { readonly channel: string }
  | { readonly channel: null; readonly closed: readonly ClosedChannel[] };

/** Channels that people write texts for and that somebody carries, those of the conversation first, then as the company prefers. */
const candidates = (playbook: CompiledPlaybook, head: ConversationHead | null): readonly string[] => {
  const { providers } = playbook.document.brand;
  const carried = [...CHANNELS].flatMap(([channel, { content }]) =>
    content?.carriesLinks === undefined || providers[channel] === undefined ? [] : [channel],
  );
  const heard = [head?.heardOn, head?.channel].filter((channel) => channel !== undefined);
  return [...new Set([...heard.filter((channel) => carried.includes(channel)), ...carried])];
};

/** The category that an answer is of: what it is owed whatever the customer agreed to, as far as the playbook has such. */
export const answerCategory = (playbook: CompiledPlaybook): Category => {
  const all = [...playbook.categories.values()];
  const owed = all.filter(({ transactional }) => transactional);
  return (
    owed.find(({ consent }) => consent === "none") ??
    owed[0] ?? { name: "transactional", consent: "none", transactional: true }
  );
};

/** A person's text as a template that says just that. */
export const verbatim = (text: string): string => text.replace(/\{(?=[{%])/g, '{{ "{" }}');

/** What an answer is about: the same as what it answers, in the way of mail programs. */
const subjectOf = (subject: string): string =>
  /^\s*(?:re|aw|sv|antw|rif)\s*:/i.test(subject) ? subject : `Re: ${subject}`;

/** A person's text as the channel's content. @param otherwise the subject where nobody wrote one */
export const answerContent = (
  channel: string,
  text: string,
  head: Pick<ConversationHead, "subject" | "mailId">,
  otherwise: string,
): MessageContent => contentSaying(channel, verbatim(text), head, otherwise);

/** Liquid as the channel's content. @param otherwise the subject where nobody wrote one */
export const contentSaying = (
  channel: string,
  text: string,
  { subject, mailId }: Pick<ConversationHead, "subject" | "mailId">,
  otherwise: string,
): MessageContent => {
  const takesSubject = CHANNELS.get(channel)?.content?.features.subject === true;
  if (!takesSubject) return { text };
  return {
    text,
    subject: verbatim(subject === undefined ? otherwise : subjectOf(subject)),
    ...(mailId === undefined ? {} : { inReplyTo: mailId }),
  };
};

type Asked = Omit<MessageOrder, "treatments"> & { readonly treatment?: string | undefined };

/** What is to be said on a channel: a treatment, or what somebody writes. */
const wordsFor = ({ treatment, category, playbook }: Asked, channel: string): readonly Treatment[] => {
  if (treatment === undefined) return [ownContent(channel)];
  const named = treatmentsNamed(treatment, { category: category.name, channel }, playbook);
  return onChannel(named.treatments, channel);
};

/** Why policy would stop an answer on a channel now; undefined: it would not. */
const whyClosed = (asked: Asked, channel: string): string | undefined => {
  const treatments = wordsFor(asked, channel);
  // That there is no such treatment is told to whoever named it.
  if (treatments.length === 0) return undefined;
  const { decision } = decideMessage({ ...asked, channel, treatments });
  if (decision.actions.length > 0) return undefined;
  return decision.rejected[0]?.reason ?? "policy";
};

/** What may be said on a channel whenever the customer wrote last, in place of free words. */
const approvedOn = (channel: string, { playbook, category }: Asked): readonly string[] => {
  const all = playbook.actions.flatMap((action) =>
    mayStandFor(category, [action.category], playbook) ? action.treatments : [],
  );
  const approved = all.filter((one) => one.channel === channel && isApproved(one, playbook.document));
  return [...new Set(approved.map(({ name }) => name))];
};

const closedFor = (channel: string, reason: string, asked: Asked): ClosedChannel => {
  const treatments = reason === WINDOW_CLOSED ? approvedOn(channel, asked) : [];
  return { channel, reason, ...(treatments.length === 0 ? {} : { treatments }) };
};

/**
 * The channel for an answer: the wanted one, else that on which the customer wrote last, else the next by which they can be
 * reached. Decides nothing that is kept.
 * @param head null: there is no conversation yet
 */
export const replyChannel = (
  head: ConversationHead | null,
  {
    playbook,
    record,
    now,
    wanted,
    treatment,
  }: {
    readonly playbook: CompiledPlaybook;
    readonly record: CustomerRecord;
    /** Milliseconds since the epoch. */
    readonly now: number;
    readonly wanted?: string | undefined;
    /** The treatment that answers, where nobody writes the words. */
    readonly treatment?: string | undefined;
  },
): ReplyChannel => {
  const all = candidates(playbook, head);
  const order = {
    playbook,
    record,
    now,
    category: answerCategory(playbook),
    ...(treatment === undefined ? { content: { text: "-" } } : { treatment }),
    decisionId: "",
  };
  const closed: ClosedChannel[] = [];
  for (const channel of wanted === undefined ? all : [wanted, ...all.filter((one) => one !== wanted)]) {
    const reason = all.includes(channel) ? whyClosed(order, channel) : "no-provider";
    if (reason === undefined && (wanted === undefined || channel === wanted)) return { channel };
    if (reason !== undefined) closed.push(closedFor(channel, reason, order));
  }
  return { channel: null, closed };
};
