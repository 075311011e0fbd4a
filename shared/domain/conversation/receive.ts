import { hashId } from "#kernel/hash.ts";
import { laterOf } from "#kernel/time.ts";
import { afterWorking } from "../calendar/business-hours.ts";
import { type ConversationPolicy, teamFor } from "../playbook/model/conversations.ts";
import type { ConversationHead } from "../records/conversation.ts";
import type { CustomerId } from "../records/identity.ts";
import { append } from "./append.ts";
import type { Joining, Setting, Thread } from "./thread.ts";

/** What a customer wrote, in their order, and what they saw of us before and answer by it. */
export type Received = {
  readonly customerId: CustomerId;
  readonly messages: readonly Joining[];
  readonly provoking: readonly Joining[];
  /** The conversation of somebody else whose message they answer. */
  readonly linked?: string;
};

/** A conversation that we begin. `key`: makes its id, so that one asked for twice is one. */
export type Begun = {
  readonly customerId: CustomerId;
  readonly key: string;
  readonly channel: string;
  readonly topic?: string;
  readonly team?: string;
};

const iso = (time: number): string => new Date(time).toISOString();

/** By when somebody who waits since then is to be answered; undefined: nothing is promised. */
export const dueAt = (
  { answerWithinMs: usual, hours, teams = [] }: ConversationPolicy,
  waitingSince: string,
  team?: string,
): string | undefined => {
  const answerWithinMs = teams.find(({ name }) => name === team)?.answerWithinMs ?? usual;
  if (answerWithinMs === undefined) return undefined;
  const since = Date.parse(waitingSince);
  const due = hours === undefined ? since + answerWithinMs : afterWorking(hours, since, answerWithinMs);
  return due === null ? undefined : iso(due);
};

const emptyHead = (
  {
    conversationId,
    customerId,
    channel,
  }: Pick<ConversationHead, "conversationId" | "customerId" | "channel">,
  before: ConversationHead | null,
  now: string,
  handler: ConversationHead["handler"] = "queue",
): ConversationHead => ({
  conversationId,
  customerId,
  version: 0,
  state: "open",
  handler,
  tags: [],
  channel,
  openedAt: now,
  updatedAt: now,
  lastSeq: 0,
  lastTurn: 0,
  unread: 0,
  ...(before === null ? {} : { follows: before.conversationId }),
});

/** Whether what is written now goes on with the conversation rather than begin another. */
export const goesOn = (head: ConversationHead, { policy, now }: Setting): boolean =>
  head.state !== "closed" ||
  head.closedAt === undefined ||
  now - Date.parse(head.closedAt) <= policy.reopenWithinMs;

/** Open again, for whoever is there now: who had it may have gone home. */
export const reopened = (head: ConversationHead, now: string): ConversationHead => {
  const { closedAt: _closed, assignee: _gone, ...rest } = head;
  return { ...rest, reopenedAt: now, state: "open", handler: head.handler === "bot" ? "bot" : "queue" };
};

/** Who answers first what a customer writes who has nobody. */
const firstHandler = ({ policy }: Setting): ConversationHead["handler"] =>
  policy.answersFirst === true ? "bot" : "queue";

/** It is our turn, since the oldest message that nobody answered. */
const ourTurn = (head: ConversationHead, since: string, { policy, now }: Setting): ConversationHead => {
  const { snoozedUntil: _woken, ...awake } = head;
  const again = {
    ...reopened(head, iso(now)),
    ...(policy.answersFirst === true ? { handler: "bot" as const } : {}),
  };
  const open = head.state === "closed" ? again : { ...awake, state: "open" as const };
  if (head.waitingSince !== undefined) return open;
  const due = dueAt(policy, since, head.team);
  return { ...open, waitingSince: since, ...(due === undefined ? {} : { dueAt: due }) };
};

/** What answers by mail carry of the mail that they answer. */
const mailOf = (messages: readonly Joining[]): Pick<ConversationHead, "subject" | "mailId"> => {
  const last = messages.findLast(
    ({ ownId, isAutomatic }) => ownId !== undefined && isAutomatic === undefined,
  );
  const subject = messages.findLast((one) => one.subject !== undefined)?.subject;
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(last?.ownId === undefined ? {} : { mailId: last.ownId }),
  };
};

/** What a customer wrote joins their conversation, which it opens again, or begins. */
export const receive = (
  head: ConversationHead | null,
  { customerId, messages, provoking, linked }: Received,
  setting: Setting,
): Thread => {
  const [first] = messages;
  if (first === undefined) {
    if (head === null) throw new Error("nothing was received");
    return { head, messages: [] };
  }
  const now = iso(setting.now);
  const written = messages.find(({ isAutomatic }) => isAutomatic === undefined);
  const isSame = head !== null && goesOn(head, setting);
  const conversationId = hashId("cnv", customerId, first.messageId);
  const base = isSame
    ? head
    : emptyHead({ conversationId, customerId, channel: first.channel }, head, now, firstHandler(setting));
  const heardAt = messages.reduce((latest, { at }) => laterOf(latest, at), base.heardAt ?? "");
  const heardOn = messages.at(-1)?.channel ?? first.channel;
  const heard = {
    ...base,
    ...mailOf(messages),
    heardAt,
    heardOn,
    ...(linked === undefined ? {} : { linked }),
  };
  const joined = append(heard, [...provoking, ...messages], now);
  if (written === undefined) {
    // A machine wrote: kept where somebody finds it, and in nobody's queue.
    return isSame ? joined : { ...joined, head: { ...joined.head, state: "closed", closedAt: now } };
  }
  const unread = base.unread + messages.filter(({ isAutomatic }) => isAutomatic === undefined).length;
  return { ...joined, head: { ...ourTurn(joined.head, written.at, setting), unread } };
};

/** A conversation that is a team's, by when that team answers; undefined: nobody's. */
export const givenTo = (
  { team: _had, dueAt: _was, ...head }: ConversationHead,
  team: string | undefined,
  policy: ConversationPolicy,
): ConversationHead => {
  const due = head.waitingSince === undefined ? undefined : dueAt(policy, head.waitingSince, team);
  return {
    ...head,
    ...(team === undefined ? {} : { team }),
    ...(due === undefined ? {} : { dueAt: due }),
  };
};

/** The customer's conversation that is not closed, which is about that from now on where it was about nothing; else a new one. */
export const begin = (
  head: ConversationHead | null,
  { key, topic, team, ...of }: Begun,
  { now, policy }: Setting,
): Thread => {
  if (head !== null && head.state !== "closed") {
    if (topic === undefined || head.topic !== undefined) return { head, messages: [] };
    const named = { ...head, topic, updatedAt: iso(now) };
    return { head: givenTo(named, head.team ?? team ?? teamFor(policy, topic), policy), messages: [] };
  }
  const fresh = emptyHead({ ...of, conversationId: hashId("cnv", of.customerId, key) }, head, iso(now));
  const about = topic === undefined ? fresh : { ...fresh, topic };
  return { messages: [], head: givenTo(about, team ?? teamFor(policy, topic), policy) };
};
