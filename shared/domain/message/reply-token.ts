import { createHmac, timingSafeEqual } from "node:crypto";
import type { LinkKeys } from "./token.ts";

/** What a message's id begins with, which a token leaves out. */
const PREFIX = "msg_";
const ID = /^msg_([0-9a-f]{26})$/;
/** 80 bits: whoever guesses has no chance, and the whole fits into an address's local part (RFC 5321, 64 octets). */
const TAG_DIGITS = 20;
const TOKEN = /\+([0-9a-f]{26})([0-9a-f]{20})$/;

const tagOf = (secret: string, digits: string): string =>
  createHmac("sha256", secret).update(`rapport reply ${digits}`).digest("hex").slice(0, TAG_DIGITS);

/**
 * A message's id with our signature, for the address that answers go to. Lower case: mail programs change the case of
 * addresses. It never runs out: people answer old mails. Null for an id of another form.
 * @throws Error when `keys` is empty
 */
export const replyToken = (keys: LinkKeys, messageId: string): string | null => {
  const [secret] = keys;
  if (secret === undefined) throw new Error("no link key is set");
  const digits = ID.exec(messageId)?.[1];
  return digits === undefined ? null : `${digits}${tagOf(secret, digits)}`;
};

/** The id of the message that an address of ours carries; null: it carries none, or a forged one. Compared in constant time. */
export const readReplyAddress = (keys: LinkKeys, address: string): string | null => {
  const at = address.lastIndexOf("@");
  const [, digits, tag] = TOKEN.exec(address.slice(0, Math.max(at, 0)).toLowerCase()) ?? [];
  if (digits === undefined || tag === undefined) return null;
  const isOurs = keys.some((secret) => timingSafeEqual(Buffer.from(tagOf(secret, digits)), Buffer.from(tag)));
  return isOurs ? `${PREFIX}${digits}` : null;
};
