import * as z from "zod/mini";
import { isObject, type Json, type JsonObject } from "#kernel/json.ts";
import type { Attachment } from "../records/conversation.ts";
import type { HistoryItem } from "../records/effects.ts";
import { isAnsweredByLaw } from "./received-number.ts";
import type { Joining } from "./thread.ts";

const text = z.string();
const optional = z.exactOptional(text);
/** What `message.received` holds; the rest is nobody's who reads a thread. */
const Properties = z.object({
  channel: text,
  text: z.catch(text, ""),
  isCut: z.exactOptional(z.literal(true)),
  inReplyTo: optional,
  isSigned: z.exactOptional(z.literal(true)),
  subject: optional,
  ownId: optional,
  original: optional,
  isAutomatic: z.exactOptional(z.literal(true)),
  isDoubted: z.exactOptional(z.literal(true)),
  keyword: optional,
  attachments: z.catch(z.array(z.custom<JsonObject>(isObject)), []),
});
const Body = z.object({ properties: Properties, depth: z.catch(z.number(), 0) });

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

const attachmentOf = ({ id, name, type, bytes, isRefused, missing }: JsonObject): Attachment => ({
  id: textOf(id),
  name: textOf(name),
  type: textOf(type),
  bytes: typeof bytes === "number" ? bytes : 0,
  ...(isRefused === true ? { isRefused } : {}),
  ...(typeof missing === "string" ? { missing } : {}),
});

/** A message that a customer wrote, as it joins their thread, from its event in history. Null: it says nothing of a channel. */
export const joiningOf = ({ id, at, body }: HistoryItem): Joining | null => {
  const read = z.safeParse(Body, body);
  if (!read.success) return null;
  const { attachments, keyword, ...said } = read.data.properties;
  return {
    ...said,
    messageId: id,
    direction: "in",
    author: { type: "customer" },
    ...(isAnsweredByLaw(keyword) ? { isAutomatic: true } : {}),
    ...(read.data.depth > 0 ? { depth: read.data.depth } : {}),
    attachments: attachments.map(attachmentOf),
    at,
  };
};
