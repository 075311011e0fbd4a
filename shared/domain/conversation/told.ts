import { hashId } from "#kernel/hash.ts";
import { laterOf } from "#kernel/time.ts";
import type { ConversationPolicy } from "../playbook/model/conversations.ts";
import { CONVERSATION_BREACHED, CONVERSATION_CHANGED, RATED } from "../playbook/model/known.ts";
import { type ConversationHead, HANDLERS } from "../records/conversation.ts";
import type { CustomerConversation } from "../records/customer.ts";
import type { CollectedEvent } from "../records/event.ts";
import { isAnsweredByLaw, isToBeAnswered } from "./received-number.ts";

/** What rules know of a conversation. */
export const factsOf = (head: ConversationHead): CustomerConversation => ({
  conversationId: head.conversationId,
  open: head.state !== "closed",
  handler: head.handler,
  channel: head.channel,
  at: head.updatedAt,
  ...(head.topic === undefined ? {} : { topic: head.topic }),
  ...(head.waitingSince === undefined ? {} : { waitingSince: head.waitingSince }),
  ...(head.rating === undefined ? {} : { lastRating: head.rating }),
});

/** Whether rules would see another conversation. */
export const differs = (before: ConversationHead, after: ConversationHead): boolean => {
  const seen = ({ at: _, ...facts }: CustomerConversation): string => JSON.stringify(facts);
  return seen(factsOf(before)) !== seen(factsOf(after));
};

/** A conversation as it is now, for the customer's profile. */
export const changedEvent = (head: ConversationHead): CollectedEvent => {
  const { at, ...facts } = factsOf(head);
  return {
    id: hashId("evt", head.conversationId, "changed", String(head.version)),
    type: "track",
    name: CONVERSATION_CHANGED,
    customerId: head.customerId,
    properties: facts,
    at,
    receivedAt: at,
    source: "rapport",
    imported: false,
    depth: 1,
    standing: "trusted",
  };
};

/** A rating that rules may rely on; undefined: it is none. */
const ratingOf = (value: unknown): number | undefined =>
  typeof value === "number" && value >= 1 && value <= 5 ? value : undefined;
const rated = (value: unknown): Pick<CustomerConversation, "lastRating"> => {
  const lastRating = ratingOf(value);
  return lastRating === undefined ? {} : { lastRating };
};

/** Nobody answered a customer by when they were to be answered. `dueAt`: the time that passed. */
export const breachedEvent = (head: ConversationHead, dueAt: string): CollectedEvent => ({
  id: hashId("evt", head.conversationId, "breached", dueAt),
  type: "track",
  name: CONVERSATION_BREACHED,
  customerId: head.customerId,
  properties: {
    conversationId: head.conversationId,
    dueAt,
    channel: head.channel,
    ...(head.team === undefined ? {} : { team: head.team }),
    ...(head.topic === undefined ? {} : { topic: head.topic }),
  },
  at: dueAt,
  receivedAt: dueAt,
  source: "rapport",
  imported: false,
  depth: 1,
  standing: "trusted",
});

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const toldBy = (
  before: CustomerConversation | undefined,
  { at, properties = {} }: CollectedEvent,
): CustomerConversation | undefined => {
  const { conversationId, open, handler, channel, topic, waitingSince } = properties;
  const known = HANDLERS.find((one) => one === handler);
  if (typeof open !== "boolean" || known === undefined || typeof channel !== "string") return undefined;
  return {
    open,
    handler: known,
    channel,
    at,
    ...rated(properties.lastRating ?? before?.lastRating),
    ...(text(conversationId) === undefined ? {} : { conversationId: String(conversationId) }),
    ...(text(topic) === undefined ? {} : { topic: String(topic) }),
    ...(text(waitingSince) === undefined ? {} : { waitingSince: String(waitingSince) }),
  };
};

/**
 * The customer waits for us from the moment that what they wrote is applied: nobody has to be told of it. What is theirs
 * already goes on, or opens again if it ended so recently, by the rule that conversations themselves follow.
 */
const afterReceived = (
  before: CustomerConversation | undefined,
  { at, properties = {} }: CollectedEvent,
  { reopenWithinMs, answersFirst }: ConversationPolicy,
): CustomerConversation | undefined => {
  // What a machine of theirs wrote waits for nothing, nor does a word that the hub answers itself.
  if (properties.isAutomatic === true || isAnsweredByLaw(properties.keyword)) return before;
  const goesOn =
    before !== undefined && (before.open || Date.parse(at) - Date.parse(before.at) <= reopenWithinMs);
  return {
    open: true,
    handler: before?.open === true ? before.handler : answersFirst === true ? "bot" : "queue",
    channel: String(properties.channel),
    at: laterOf(at, before?.at ?? ""),
    waitingSince: before?.waitingSince ?? at,
    ...(before?.conversationId === undefined ? {} : { conversationId: before.conversationId }),
    ...(goesOn && before.topic !== undefined ? { topic: before.topic } : {}),
    ...rated(before?.lastRating),
  };
};

/** A customer's conversation, as rules see it, after an event. What is told late changes nothing. */
export const conversationAfter = (
  before: CustomerConversation | undefined,
  event: CollectedEvent,
  policy: ConversationPolicy,
): CustomerConversation | undefined => {
  if (isToBeAnswered(event)) return afterReceived(before, event, policy);
  if (event.name === RATED && before !== undefined)
    return { ...before, ...rated(event.properties?.value ?? before.lastRating) };
  if (event.name !== CONVERSATION_CHANGED) return before;
  const told = toldBy(before, event);
  return told === undefined || (before !== undefined && before.at > told.at) ? before : told;
};

/** Of two customers who are one: what was so last, and one that is open before one that is not. */
export const laterConversation = (
  a: CustomerConversation | undefined,
  b: CustomerConversation | undefined,
): CustomerConversation | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.open !== b.open) return a.open ? a : b;
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return JSON.stringify(a) > JSON.stringify(b) ? a : b;
};
