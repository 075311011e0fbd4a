import * as z from "zod/mini";
import { MESSAGE_STATUSES } from "#domain/records/message.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { Operation } from "#runtime/http/operation.ts";

const json: z.ZodMiniType<JsonObject> = z.record(z.string(), z.json());
const name = z.string().check(z.minLength(1), z.maxLength(200));
const text = z.string().check(z.minLength(1), z.maxLength(200_000));

/** A line break would begin a header of the caller's choice; traits that bring one in are refused when rendering. */
const oneLine = z.refine<string>((value) => !/[\r\n]/.test(value), { error: "one line of text" });

const Content = z.strictObject({
  subject: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(995), oneLine)),
  text: z.exactOptional(text),
  html: z.exactOptional(text),
  title: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(500))),
  body: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(4_000))),
  data: z.exactOptional(json),
});

/** `POST /v1/messages`. Texts in `content` are Liquid, as those of templates are. */
export const MessageRequest = z
  .object({
    /** customerId or `type:value`. */
    to: z.string().check(z.minLength(1), z.maxLength(600)),
    category: name,
    channel: z.optional(name),
    treatment: z.optional(name),
    content: z.optional(Content),
    data: z.optional(json),
    sendAt: z.optional(z.iso.datetime({ offset: true })),
  })
  .check(
    z.refine((request) => (request.treatment === undefined) !== (request.content === undefined), {
      error: "treatment or content, one of the two",
      path: ["treatment"],
    }),
  );
export type MessageRequest = z.output<typeof MessageRequest>;

export const MessageAccepted = z.object({
  messageId: z.string(),
  decisionId: z.string(),
  conversationId: z.string(),
  status: z.enum(["requested", "rejected"]),
  /** Reason codes of policy, when rejected. */
  reasons: z.array(z.string()),
});

export const MessageAnswer = z.object({
  messageId: z.string(),
  customerId: z.string(),
  channel: z.string(),
  category: z.string(),
  status: z.enum(MESSAGE_STATUSES),
  history: z.array(z.object({ status: z.string(), at: z.string(), reason: z.optional(z.string()) })),
});

export const operations: readonly Operation[] = [
  {
    route: "POST /v1/messages",
    summary: "Ask for one message to one customer; contact policy is checked, and there is always a decision",
    scope: "send",
    headers: { "Idempotency-Key": "the same key and body within 24 hours is the same message" },
    request: MessageRequest,
    answers: { 202: MessageAccepted },
  },
  {
    route: "GET /v1/messages/{id}",
    summary: "What became of a message",
    scope: "send",
    answers: { 200: MessageAnswer },
  },
];
