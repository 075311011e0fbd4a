import * as z from "zod/mini";
import {
  ACTIVITIES,
  AUTHOR_TYPES,
  CONVERSATION_STATES,
  DIRECTIONS,
  HANDLERS,
} from "#domain/records/conversation.ts";
import { operation } from "#runtime/http/operation.ts";
import { Limit, listOf, Page } from "#runtime/http/paging.ts";
import { jsonShapes, name, ref, time } from "#runtime/http/shapes.ts";
import { CannedAnswer, Suggestions } from "./offered-shapes.ts";
import { ServiceQuery, ServiceReport } from "./service-shapes.ts";

const scope = "agents";
/** Bots answer by the thousand, by a key; each of their answers has a decision's record. */
const audit = "people";
const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(20_000));
const nullable = z.nullable(z.string());

/** A row of a list. */
export const ConversationRow = z.object({
  conversationId: z.string(),
  customerId: z.string(),
  state: z.enum(CONVERSATION_STATES),
  handler: z.enum(HANDLERS),
  assignee: nullable,
  team: nullable,
  topic: nullable,
  tags: z.array(z.string()),
  channel: z.string(),
  openedAt: z.string(),
  /** Since when the customer waits for an answer. */
  waitingSince: nullable,
  firstReplyAt: nullable,
  /** By when they are to be answered. */
  dueAt: nullable,
  snoozedUntil: nullable,
  closedAt: nullable,
  /** How the customer rated it, from 1 to 5. */
  rating: z.nullable(z.int()),
  /** Messages that came since a person last took it, answered or closed it. */
  unread: z.int(),
  lastMessage: z.nullable(z.object({ text: z.string(), at: z.string(), direction: z.enum(DIRECTIONS) })),
  lastSeq: z.int(),
  version: z.int(),
  /** The conversation before it. */
  follows: nullable,
  /** The conversation of somebody else whose message this one answers: a colleague answered. */
  linked: nullable,
});

export const ThreadMessage = z.object({
  /** Its place: 1, 2, 3... without gaps. */
  seq: z.int(),
  messageId: z.string(),
  direction: z.enum(DIRECTIONS),
  channel: z.string(),
  author: z.object({ type: z.enum(AUTHOR_TYPES), name: z.optional(z.string()) }),
  text: z.string(),
  /** What was done, where that is what the text tells: to whom, until when or with which conversation. */
  activity: z.optional(z.object({ kind: z.enum(ACTIVITIES), what: z.optional(z.string()) })),
  /** The text is not all of it. */
  isCut: z.optional(z.boolean()),
  /** What it is about, where its channel has a line for that. */
  subject: z.optional(z.string()),
  attachments: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      type: z.string(),
      bytes: z.number(),
      /** Nobody should open it: the original alone holds it. */
      isRefused: z.optional(z.boolean()),
      /** Why there is nothing to open: its provider has it no more (`gone`), it is `too-large`, or it was `not-reached` in time. */
      missing: z.optional(z.string()),
    }),
  ),
  /** Somebody else may have written it than it says. */
  isDoubted: z.optional(z.boolean()),
  /** What became of one that left; `received`; null: a note, or something that was done. */
  status: nullable,
  at: z.string(),
  inReplyTo: z.optional(z.string()),
  decisionId: z.optional(z.string()),
});

export const Conversation = z.extend(ConversationRow, { messages: z.array(ThreadMessage) });

/** A place in a thread. */
const Seq = z
  .pipe(
    z.string().check(z.regex(/^\d{1,10}$/, { error: "a whole number" })),
    z.transform((digits) => Number(digits)),
  )
  .register(jsonShapes, { type: "integer", minimum: 0 });

/** Who acts, where the key may speak for anybody. */
const Agent = z.object({
  "x-rapport-agent": z.exactOptional(z.string().check(z.trim(), z.minLength(1), z.maxLength(200))),
});
const AnswerHeaders = z.extend(Agent, {
  "idempotency-key": z.optional(z.string().check(z.trim(), z.maxLength(255))),
});

const Answer = z
  .object({
    text: z.exactOptional(text),
    treatment: z.exactOptional(name),
    channel: z.exactOptional(name),
    /** None yet: what answers carry along is not sent. */
    attachments: z.exactOptional(z.array(z.unknown()).check(z.maxLength(0, { error: "none" }))),
    ifLastSeq: z.exactOptional(z.int().check(z.minimum(0))),
  })
  .check(
    z.refine((answer) => (answer.text === undefined) !== (answer.treatment === undefined), {
      error: "text or treatment, one of the two",
      path: ["text"],
    }),
  );

const Replied = z.object({ messageId: z.string(), channel: z.string(), status: z.string() });
const tags = z.array(z.string().check(z.trim(), z.minLength(1), z.maxLength(60))).check(z.maxLength(50));
/** A body that may be left out. */
const nothing = z.optional(z.object({}));

/** Something that is done with a conversation. */
const deed = <const Route extends `POST /v1/conversations/{id}/${string}`, Request extends z.core.$ZodType>(
  route: Route,
  request: Request,
) =>
  operation({
    route,
    scope,
    audit,
    headers: Agent,
    request,
    refuses: [404, 409],
    answers: { 200: ConversationRow },
  });

export const operations = {
  showServiceReport: operation({
    route: "GET /v1/reports/service",
    scope: "reports:read",
    query: ServiceQuery,
    answers: { 200: ServiceReport },
  }),
  listConversations: operation({
    route: "GET /v1/conversations",
    scope,
    query: z.extend(Page, {
      state: z.exactOptional(z.enum(CONVERSATION_STATES)),
      assignee: z.exactOptional(name),
      team: z.exactOptional(name),
      channel: z.exactOptional(name),
      sort: z.exactOptional(z.enum(["waiting", "due", "newest"])),
    }),
    answers: { 200: listOf(ConversationRow) },
  }),
  showConversation: operation({
    route: "GET /v1/conversations/{id}",
    scope,
    refuses: [404],
    answers: { 200: Conversation },
  }),
  listConversationMessages: operation({
    route: "GET /v1/conversations/{id}/messages",
    scope,
    query: z.object({ after: z.exactOptional(Seq), limit: Limit }),
    refuses: [404],
    answers: { 200: listOf(ThreadMessage) },
  }),
  listSuggestions: operation({
    route: "GET /v1/conversations/{id}/suggestions",
    scope,
    query: z.object({ q: z.exactOptional(z.string().check(z.maxLength(500))) }),
    refuses: [404],
    answers: { 200: Suggestions },
  }),
  showOriginal: operation({
    route: "GET /v1/conversations/{id}/messages/{seq}/original",
    scope,
    refuses: [404],
    answers: { 200: "text/plain" },
  }),
  listCannedAnswers: operation({
    route: "GET /v1/conversations/{id}/answers",
    scope,
    headers: Agent,
    query: z.object({ language: z.exactOptional(name), as: z.exactOptional(name) }),
    refuses: [404],
    answers: { 200: listOf(CannedAnswer) },
  }),
  listConversationsOfProfile: operation({
    route: "GET /v1/profiles/{ref}/conversations",
    scope,
    query: Page,
    refuses: [404],
    answers: { 200: listOf(ConversationRow) },
  }),
  beginConversation: operation({
    route: "POST /v1/conversations",
    scope,
    audit,
    headers: Agent,
    request: z.object({
      to: ref,
      channel: z.exactOptional(name),
      text: z.exactOptional(text),
      topic: z.exactOptional(name),
      team: z.exactOptional(name),
    }),
    refuses: [404, 409, 422],
    answers: { 200: ConversationRow, 201: ConversationRow },
  }),
  replyToConversation: operation({
    route: "POST /v1/conversations/{id}/replies",
    scope,
    audit,
    headers: AnswerHeaders,
    request: Answer,
    refuses: [404, 409, 422],
    answers: { 202: Replied },
  }),
  claimConversation: deed(
    "POST /v1/conversations/{id}/claim",
    z.optional(z.object({ ifVersion: z.exactOptional(z.int()) })),
  ),
  releaseConversation: deed("POST /v1/conversations/{id}/release", nothing),
  assignConversation: deed(
    "POST /v1/conversations/{id}/assign",
    z.object({ assignee: z.exactOptional(z.nullable(name)), team: z.exactOptional(z.nullable(name)) }),
  ),
  addNote: deed("POST /v1/conversations/{id}/notes", z.object({ text })),
  closeConversation: deed(
    "POST /v1/conversations/{id}/close",
    z.optional(z.object({ rating: z.exactOptional(z.int().check(z.minimum(1), z.maximum(5))) })),
  ),
  snoozeConversation: deed("POST /v1/conversations/{id}/snooze", z.object({ until: time })),
  reopenConversation: deed("POST /v1/conversations/{id}/reopen", nothing),
  tagConversation: deed(
    "POST /v1/conversations/{id}/tags",
    z.object({ add: z.exactOptional(tags), remove: z.exactOptional(tags) }),
  ),
};
