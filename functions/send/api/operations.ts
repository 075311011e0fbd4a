import * as z from "zod/mini";
import { MESSAGE_STATUSES } from "#domain/records/message.ts";
import { operation } from "#runtime/http/operation.ts";
import { JsonObject, name, ref, time } from "#runtime/http/shapes.ts";

const text = z.string().check(z.minLength(1), z.maxLength(200_000));

/** A line break would begin a header of the caller's choice; traits that bring one in are refused when rendering. */
const oneLine = z.refine<string>((value) => !/[\r\n]/.test(value), { error: "one line of text" });

const Content = z.strictObject({
  subject: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(995), oneLine)),
  text: z.exactOptional(text),
  html: z.exactOptional(text),
  title: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(500))),
  body: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(4_000))),
  data: z.exactOptional(JsonObject),
});

/** `POST /v1/messages`. Texts in `content` are Liquid, as those of templates are. */
export const MessageRequest = z
  .object({
    to: ref,
    category: name,
    channel: z.optional(name),
    treatment: z.optional(name),
    content: z.optional(Content),
    data: z.optional(JsonObject),
    sendAt: z.optional(time),
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
  /** The decision that made it. */
  decisionId: z.string(),
  channel: z.string(),
  category: z.string(),
  status: z.enum(MESSAGE_STATUSES),
  history: z.array(
    z.object({
      status: z.string(),
      at: z.string(),
      reason: z.optional(z.string()),
      /** Where a message waits for a person of ours: what is wrong and what to do. */
      advice: z.optional(z.string()),
      /** Links that were left out, by the text they stood in: the playbook does not name their host. */
      warnings: z.optional(z.array(z.object({ code: z.string(), part: z.string(), host: z.string() }))),
      /** Of an attempt to send: who was asked, by which account, and those who were asked before in the same attempt. */
      provider: z.optional(z.string()),
      account: z.optional(z.string()),
      attempt: z.optional(z.int()),
      tries: z.optional(
        z.array(z.object({ provider: z.string(), account: z.string(), at: z.string(), reason: z.string() })),
      ),
    }),
  ),
});

/** `POST /v1/otp`. */
export const CodeRequest = z.object({
  to: ref,
  channel: z.optional(name),
  /** What the playbook says in it; else the hub's own words. */
  treatment: z.optional(name),
  /** Digits. */
  length: z.optional(z.int().check(z.gte(4), z.lte(10))),
  /** Seconds, or an ISO-8601 duration. */
  ttl: z.optional(z.union([z.int(), z.string().check(z.maxLength(40))])),
});

export const CodeAccepted = z.object({
  otpId: z.string(),
  messageId: z.string(),
  decisionId: z.string(),
  channel: z.string(),
  status: z.enum(["requested", "rejected"]),
  /** Reason codes of policy, when rejected. */
  reasons: z.array(z.string()),
});

/** `POST /v1/otp/verify`. */
export const CodeSaid = z.object({
  otpId: z.string().check(z.minLength(1), z.maxLength(200)),
  code: z.string().check(z.minLength(1), z.maxLength(40)),
});

/** The same key and body within 24 hours is the same message. */
const Idempotent = z.object({
  "idempotency-key": z.optional(z.string().check(z.trim(), z.maxLength(255))),
});

export const operations = {
  requestOneTimeCode: operation({
    route: "POST /v1/otp",
    scope: "send",
    request: CodeRequest,
    refuses: [404, 422],
    answers: { 202: CodeAccepted },
  }),
  checkOneTimeCode: operation({
    route: "POST /v1/otp/verify",
    scope: "send",
    request: CodeSaid,
    refuses: [404],
    answers: { 200: z.object({ valid: z.boolean() }) },
  }),
  requestMessage: operation({
    route: "POST /v1/messages",
    audit: "people",
    scope: "send",
    headers: Idempotent,
    request: MessageRequest,
    refuses: [404, 409],
    answers: { 202: MessageAccepted },
  }),
  showMessage: operation({
    route: "GET /v1/messages/{id}",
    scope: "send",
    refuses: [404],
    answers: { 200: MessageAnswer },
  }),
};
