import * as z from "zod/mini";
import { BOUNDS } from "#kernel/bounds.ts";
import { operation } from "#runtime/http/operation.ts";
import { Limit, listOf } from "#runtime/http/paging.ts";
import { jsonShapes } from "#runtime/http/shapes.ts";

const given = z.string().check(z.maxLength(2_000));
const optional = z.optional(z.nullable(given));

/** `POST /v1/chat/sessions`. Without a proof that holds, `userId` counts for nothing. */
export const SessionRequest = z.object({
  /** Of an earlier session: the same chat goes on. */
  visitorToken: optional,
  userId: z.optional(z.nullable(z.union([given, z.pipe(z.number(), z.transform(String))]))),
  /** When the proof was made, ISO-8601, as it was signed. */
  at: optional,
  /** HMAC-SHA256 in hex over `userId + "." + at`, made by the company's server with the identity secret. */
  proof: optional,
  /** Where headers cannot be set. */
  writeKey: optional,
});

const Session = z.object({
  /** For `GET` and `POST /v1/chat/messages`, as Bearer. */
  token: z.string(),
  /** When the token ends; the next session gives another. */
  until: z.string(),
  /** Kept by the page, for the next session: whoever has it reads this chat. Null: a user's own chat, which a proof opens. */
  visitorToken: z.nullable(z.string()),
  /** Where hints are heard of what is new; null: the page asks now and then. */
  socketUrl: z.nullable(z.string()),
  /** Whether it is the chat of the user whom the company's server has proven. */
  proven: z.boolean(),
});

const Message = z.object({
  /** Its place: rising, without gaps. */
  seq: z.int(),
  messageId: z.string(),
  clientId: z.optional(z.string()),
  direction: z.enum(["in", "out"]),
  text: z.string(),
  at: z.string(),
});

const MessageRequest = z.object({
  text: z.string().check(
    z.maxLength(BOUNDS.receivedTextCharacters),
    z.refine((text) => text.trim() !== "", { error: "a text that says something" }),
  ),
  /** Made by the page when the message is written: sent again by the same id, it is the same message. */
  clientId: z.string().check(z.minLength(1), z.maxLength(100)),
});

/** A place in a chat. */
const Seq = z
  .pipe(
    z.string().check(z.regex(/^\d{1,9}$/, { error: "a whole number" })),
    z.transform((digits) => Number(digits)),
  )
  .register(jsonShapes, { type: "integer", minimum: 0 });

export const operations = {
  beginChat: operation({
    route: "POST /v1/chat/sessions",
    scope: "collect",
    request: SessionRequest,
    maxBytes: BOUNDS.slotsBytes,
    refuses: [404],
    answers: { 200: Session },
  }),
  listChatMessages: operation({
    route: "GET /v1/chat/messages",
    scope: null,
    query: z.object({ after: z.exactOptional(Seq), limit: Limit }),
    refuses: [401],
    answers: { 200: listOf(Message) },
  }),
  tellChatMessage: operation({
    route: "POST /v1/chat/messages",
    scope: null,
    request: MessageRequest,
    maxBytes: BOUNDS.chatBytes,
    refuses: [401, 404],
    answers: { 202: z.object({ messageId: z.string(), seq: z.int(), clientId: z.string(), at: z.string() }) },
  }),
};
