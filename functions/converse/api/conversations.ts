import { createHash } from "node:crypto";
import { cannedAnswers } from "#domain/conversation/canned.ts";
import { replyChannel } from "#domain/conversation/reply-channel.ts";
import { shownMessage, shownRow } from "#domain/conversation/shown.ts";
import { CONVERSATION_STATES, type ThreadMessage } from "#domain/records/conversation.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import type { MessageReader } from "#ports/message-store.ts";
import type { Originals } from "#ports/originals.ts";
import { readRef } from "#runtime/http/customer-ref.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import { beginConversation } from "#usecases/converse/begin.ts";
import { findConversation } from "#usecases/converse/change.ts";
import { closedEverywhere } from "#usecases/converse/closed.ts";
import { type ReplyDependencies, replyTo } from "#usecases/converse/reply.ts";
import { findRecipient, type RecipientDependencies } from "#usecases/decide/find-recipient.ts";
import { agentOf } from "./agent.ts";
import { type DeedDependencies, deedCalls } from "./deeds.ts";
import type { operations } from "./operations.ts";
import { showService } from "./service.ts";
import { listSuggestions } from "./suggestions.ts";

export type ConversationsDependencies = ReplyDependencies &
  RecipientDependencies &
  DeedDependencies & {
    readonly messages: MessageReader;
    readonly originals: Pick<Originals, "read">;
  };

type Calls = typeof operations;

/** Messages shown with a conversation when it is opened. */
const SHOWN = 30;

const shown = async (deps: ConversationsDependencies, messages: readonly ThreadMessage[]) => {
  const left = messages.filter(({ direction }) => direction === "out").map(({ messageId }) => messageId);
  const found = left.length === 0 ? [] : await deps.messages.getMany(left);
  const statuses = new Map(found.map(({ messageId, status }) => [messageId, status]));
  const now = deps.clock.now();
  return messages.map((message) => shownMessage(message, statuses, now));
};

const list = async (
  { conversations }: ConversationsDependencies,
  { query }: Call<Calls["listConversations"]>,
): Promise<Answer<Calls["listConversations"]>> => {
  const { state, sort = "waiting", limit, cursor, ...filter } = query;
  const states = state === undefined ? CONVERSATION_STATES.filter((one) => one !== "closed") : [state];
  const { items, cursor: next } = await conversations.list(
    { ...filter, states, sort },
    { limit, ...(cursor === undefined ? {} : { cursor }) },
  );
  return { status: 200, json: { items: items.map(shownRow), cursor: next } };
};

const show = async (
  deps: ConversationsDependencies,
  { params }: Call<Calls["showConversation"]>,
): Promise<Answer<Calls["showConversation"]>> => {
  const [head, messages] = await Promise.all([
    findConversation(deps, params.id),
    deps.conversations.messages(params.id, { limit: SHOWN }),
  ]);
  return { status: 200, json: { ...shownRow(head), messages: await shown(deps, messages) } };
};

/** `cursor`: the place of the last one; who asks with it as `after` goes on. */
const listMessages = async (
  deps: ConversationsDependencies,
  { params, query }: Call<Calls["listConversationMessages"]>,
): Promise<Answer<Calls["listConversationMessages"]>> => {
  const { after, limit } = query;
  const messages = await deps.conversations.messages(params.id, {
    limit: after === undefined ? SHOWN : limit,
    ...(after === undefined ? {} : { after }),
  });
  if (messages.length === 0) await findConversation(deps, params.id);
  const last = messages.at(-1);
  const isFull = after !== undefined && messages.length === limit && last !== undefined;
  return {
    status: 200,
    json: { items: await shown(deps, messages), cursor: isFull ? String(last.seq) : null },
  };
};

/** What a function answers is at most 6 MB, in base64; what is longer is shown in its beginning. */
const MOST_OF_ORIGINAL = 4 * 1024 * 1024;

/** A message of a customer's exactly as its provider brought it: what was cut away from a mail too. */
const showOriginal = async (
  deps: ConversationsDependencies,
  { params }: Call<Calls["showOriginal"]>,
): Promise<Answer<Calls["showOriginal"]>> => {
  const seq = /^\d{1,10}$/.test(params.seq) ? Number(params.seq) : 0;
  if (seq === 0)
    throw new RapportError("not_found", "messages are numbered from 1: there is none of that name");
  const [message] = await deps.conversations.messages(params.id, { limit: 1, after: seq - 1 });
  const kept = message?.seq === seq ? message.original : undefined;
  const original = kept === undefined ? null : await deps.originals.read(kept, MOST_OF_ORIGINAL);
  if (original === null) throw new RapportError("not_found", "there is no original of that message");
  const headers = {
    "x-content-type-options": "nosniff",
    "content-disposition": "attachment; filename=original.txt",
  };
  const body = Buffer.from(original.bytes);
  return { status: 200, bytes: { type: "text/plain; charset=utf-8", body }, headers };
};

/** What agents say often, filled in for this customer: nothing is sent by looking. */
const listAnswers = async (
  deps: ConversationsDependencies,
  { params, query, headers, caller }: Call<Calls["listCannedAnswers"]>,
): Promise<Answer<Calls["listCannedAnswers"]>> => {
  const acting = agentOf(caller, headers["x-rapport-agent"]);
  // What the hub keeps of people who log in is an id, which no customer should read.
  const agent = query.as ?? (caller.kind === "person" ? undefined : acting);
  const [{ document }, head] = await Promise.all([
    deps.playbooks.current(),
    findConversation(deps, params.id),
  ]);
  const record = await deps.customers.find(head.customerId);
  if (record === null) throw new RapportError("not_found", "the customer is gone");
  const filling = { head, customer: record.state, agent, now: deps.clock.now(), language: query.language };
  return { status: 200, json: { items: [...cannedAnswers(document, filling)], cursor: null } };
};

const ofProfile = async (
  deps: ConversationsDependencies,
  { params, query }: Call<Calls["listConversationsOfProfile"]>,
): Promise<Answer<Calls["listConversationsOfProfile"]>> => {
  const ref = readRef(params.ref, await deps.playbooks.current(), "ref");
  const record = ref === null ? null : await deps.customers.find(ref);
  if (record === null) throw new RapportError("not_found", "there is no such customer");
  const { customerId, absorbed } = record.state;
  const { limit, cursor } = query;
  const page = await deps.conversations.ofCustomers([customerId, ...absorbed], {
    limit,
    ...(cursor === undefined ? {} : { cursor }),
  });
  return { status: 200, json: { items: page.items.map(shownRow), cursor: page.cursor } };
};

const hashOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("base64url");

const reply = async (
  deps: ConversationsDependencies,
  { params, body, headers, caller }: Call<Calls["replyToConversation"]>,
): Promise<Answer<Calls["replyToConversation"]>> => {
  const { attachments: _none, ...answer } = body;
  const json = await replyTo(deps, params.id, {
    ...answer,
    agent: agentOf(caller, headers["x-rapport-agent"]),
    key: headers["idempotency-key"] ?? "",
    requestHash: hashOf([answer.text, answer.treatment, answer.channel]),
  });
  const { messageId, channel, status } = json;
  return { status: 202, json, changed: { after: { messageId, channel, status } } };
};

/** Nothing is begun where what is to be said could not leave. */
const begin = async (
  deps: ConversationsDependencies,
  { body, headers, caller }: Call<Calls["beginConversation"]>,
): Promise<Answer<Calls["beginConversation"]>> => {
  const agent = agentOf(caller, headers["x-rapport-agent"]);
  const playbook = await deps.playbooks.current();
  const ref = readRef(body.to, playbook, "to");
  if (ref === null) throw wrongField("to", "a valid value of its type", "another text");
  const { record } = await findRecipient(deps, ref, playbook);
  const { channel: wanted, text, topic, team } = body;
  const now = deps.clock.now();
  const found = replyChannel(null, { playbook, record, now, wanted });
  if (found.channel === null && (text !== undefined || wanted !== undefined))
    throw closedEverywhere(found.closed, { playbook, record, now });
  const { head, isNew } = await beginConversation(deps, record.state, {
    channel: found.channel ?? "",
    ...(topic === undefined ? {} : { topic }),
    ...(team === undefined ? {} : { team }),
  });
  if (text !== undefined) {
    const said = {
      agent,
      text,
      key: "",
      requestHash: "",
      ...(wanted === undefined ? {} : { channel: wanted }),
    };
    await replyTo(deps, head.conversationId, said);
  }
  const begun = text === undefined ? head : await findConversation(deps, head.conversationId);
  const { conversationId, customerId, channel } = begun;
  return {
    status: isNew ? 201 : 200,
    json: shownRow(begun),
    changed: { target: conversationId, after: { customerId, channel, isNew } },
  };
};

/** What answers the calls of operations.ts. */
export const conversationCalls = (deps: ConversationsDependencies): Handlers<Calls> => ({
  showServiceReport: (call) => showService(deps, call),
  listConversations: (call) => list(deps, call),
  showConversation: (call) => show(deps, call),
  listConversationMessages: (call) => listMessages(deps, call),
  listSuggestions: (call) => listSuggestions(deps, call),
  showOriginal: (call) => showOriginal(deps, call),
  listCannedAnswers: (call) => listAnswers(deps, call),
  listConversationsOfProfile: (call) => ofProfile(deps, call),
  beginConversation: (call) => begin(deps, call),
  replyToConversation: (call) => reply(deps, call),
  ...deedCalls(deps),
});
