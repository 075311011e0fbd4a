import { CHANNELS } from "#channels/all.ts";
import { hashId } from "#kernel/hash.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { teamFor } from "../playbook/model/conversations.ts";
import type { Answered, ConversationHead } from "../records/conversation.ts";
import { MAX_DEPTH } from "../records/event.ts";
import { append } from "./append.ts";
import type { WhyHandedOver } from "./handed-over.ts";
import { givenTo } from "./receive.ts";
import type { Conversed, Joining, Setting } from "./thread.ts";

/** What the hub does by itself about what a customer wrote. */
export type Automatic = {
  /** Place of the last message that it is about. */
  readonly after: number;
  /** What it says. Absent: nothing. */
  readonly message?: Joining;
  /** The rule that answers. Absent: none fits. */
  readonly rule?: string;
  /** A person goes on. Absent: it is the customer's turn. */
  readonly handOver?: {
    readonly why: WhyHandedOver;
    readonly topic?: string;
    /** For colleagues: what is known, and what was tried. */
    readonly summary: string;
  };
};

/** Automatic answers of one conversation within an hour; past that a person goes on. Mail loops, and nobody sees it. */
const MOST_IN_HOUR = { usual: 20, mail: 3 } as const;
const MOST_RULES = 10;

/** What was answered before, in the hour that goes on. */
export const answeredInHour = ({ answered }: Pick<ConversationHead, "answered">, now: number): Answered => {
  const isOver = answered === undefined || now - Date.parse(answered.since) >= HOUR_MS;
  return isOver ? { since: new Date(now).toISOString(), inHour: 0, rules: answered?.rules ?? [] } : answered;
};

/**
 * Whether the hub has said enough for now: two machines may be talking. What answers our own answers is told by its depth, or
 * comes and comes again.
 */
export const isAnsweredEnough = (
  head: Pick<ConversationHead, "answered" | "channel">,
  turn: readonly Pick<Joining, "depth">[],
  now: number,
): boolean => {
  if (turn.some(({ depth = 0 }) => depth > MAX_DEPTH)) return true;
  const isMail = CHANNELS.get(head.channel)?.content?.features.subject === true;
  return answeredInHour(head, now).inHour >= (isMail ? MOST_IN_HOUR.mail : MOST_IN_HOUR.usual);
};

const counted = (head: ConversationHead, { message, rule }: Automatic, now: number): Answered => {
  const before = answeredInHour(head, now);
  const rules = rule === undefined ? before.rules : [...before.rules, rule].slice(-MOST_RULES);
  return { ...before, inHour: before.inHour + (message === undefined ? 0 : 1), rules };
};

const handed = (
  head: ConversationHead,
  { topic }: NonNullable<Automatic["handOver"]>,
  { policy }: Setting,
): ConversationHead => {
  const { answered: _over, ...rest } = head;
  const about = topic ?? head.topic;
  const named = about === undefined ? rest : { ...rest, topic: about };
  const team = head.team ?? teamFor(policy, about);
  return { ...(team === head.team ? named : givenTo(named, team, policy)), handler: "queue" };
};

const entriesOf = (
  head: ConversationHead,
  { why, summary }: NonNullable<Automatic["handOver"]>,
  at: string,
): readonly Joining[] => {
  const { conversationId, channel, version } = head;
  const entry = { channel, author: { type: "bot" }, attachments: [], at } as const;
  const key = String(version);
  return [
    {
      ...entry,
      messageId: hashId("act", conversationId, key),
      direction: "activity",
      text: "",
      activity: { kind: "handed-over", what: why },
    },
    {
      ...entry,
      messageId: hashId("note", conversationId, "handed-over", key),
      direction: "note",
      text: summary,
    },
  ];
};

/**
 * The hub answers, and it is the customer's turn; or it gives over, and the customer waits on for a person, who finds in the
 * thread what is known. Refused where a person or the queue has the conversation by now, or somebody wrote meanwhile: who
 * wrote last is answered.
 */
export const answerAutomatically = (
  head: ConversationHead,
  automatic: Automatic,
  setting: Setting,
): Conversed => {
  const { after, message, handOver } = automatic;
  if (head.handler !== "bot" || head.state === "closed")
    return { done: false, head, refusal: { reason: "not-bots" } };
  if (head.lastTurn > after) return { done: false, head, refusal: { reason: "moved", since: after } };
  const at = new Date(setting.now).toISOString();
  const said = message === undefined ? [] : [message];
  if (handOver !== undefined) {
    const entries = entriesOf(head, handOver, at);
    const thread = append(handed(head, handOver, setting), [...said, ...entries], at);
    // A list of who waits shows what they wrote, not that we said that somebody comes.
    const waits = { ...thread.head, ...(head.lastMessage && { lastMessage: head.lastMessage }) };
    return { done: true, head: waits, messages: thread.messages };
  }
  const { waitingSince: _answered, dueAt: _kept, snoozedUntil: _woken, ...rest } = head;
  const answered = counted(head, automatic, setting.now);
  return { done: true, ...append({ ...rest, answered, state: "waiting", unread: 0 }, said, at) };
};
