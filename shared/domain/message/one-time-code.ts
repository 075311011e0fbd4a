import { createHash, createHmac } from "node:crypto";
import { CHANNELS } from "#channels/all.ts";
import { keyedHash } from "#kernel/hash.ts";
import { countriesOf } from "#kernel/phone/phone.ts";
import { DAY_MS, MINUTE_MS } from "#kernel/time.ts";
import { wordsFor } from "#template/words/words.ts";
import type { Brand } from "../playbook/model/document.ts";
import type { CodeMark, MessageContent } from "../records/message.ts";
import { mailboxOf } from "./mailbox.ts";
import type { LinkKeys } from "./token.ts";

/** So many tries a code has; the right one is among them. */
export const CODE_TRIES = 5;

/** A treatment or template of this name says what the hub's own words say otherwise. */
export const CODE_TREATMENT = "one-time-code";

/** Names a key without telling anything of it. */
const nameOf = (key: string): string =>
  createHash("sha256").update(`one-time code\u0000${key}`).digest("base64url").slice(0, 8);

const digits = (key: string, id: string, length: number): string => {
  const mac = createHmac("sha256", key).update(`one-time code\u0000${id}`).digest();
  return String(mac.readBigUInt64BE(0) % 10n ** BigInt(length)).padStart(length, "0");
};

/**
 * The code of a mark, made again wherever it is needed of the mark's id and a secret: so it is stored nowhere. Undefined:
 * the secret that it was made of is gone.
 */
export const codeOf = (
  keys: LinkKeys,
  { id, key, length }: Pick<CodeMark, "id" | "key" | "length">,
): string | undefined => {
  const secret = keys.find((one) => nameOf(one) === key);
  return secret === undefined ? undefined : digits(secret, id, length);
};

/** What is kept to compare with: a keyed hash, so that nobody finds the code by trying all that there are. */
export const codeHash = (keys: LinkKeys, id: string, code: string): string =>
  keyedHash(keys[0] ?? "", "one-time code's hash", id, code);

/** Whether a code is the one that was hashed, whichever of the secrets it was hashed with. */
export const isCode = (keys: LinkKeys, id: string, code: string, hash: string): boolean =>
  keys.some((key) => codeHash([key], id, code) === hash);

/** A new mark, and the hash of its code. @param until ISO-8601 */
export const newCode = (
  keys: LinkKeys,
  { id, length, until }: Pick<CodeMark, "id" | "length" | "until">,
): { readonly mark: CodeMark; readonly hash: string } => {
  const [secret = ""] = keys;
  const mark = { id, key: nameOf(secret), length, until };
  return { mark, hash: codeHash(keys, id, digits(secret, id, length)) };
};

/** Of a bucket `most` may be taken at once, and one more each `everyMs`. */
export type CodeLimit = { readonly key: string; readonly most: number; readonly everyMs: number };

const PER_ADDRESS = { most: 5, everyMs: 10 * MINUTE_MS };
/** Five wrong guesses at each of those, over and over, find none of six digits in a lifetime. */
const PER_ADDRESS_AND_DAY = { most: 20, everyMs: DAY_MS / 20 };
/**
 * Who earns on texts to numbers of their own asks for many codes, and types in none. A code that is typed in frees its
 * place, so that honest traffic is far from this.
 */
const PER_COUNTRY = { most: 40, everyMs: MINUTE_MS / 40 };

/** What numbers share that one swindler may have: the country as its plan tells it, else the first digits. */
const rangeOf = (number: string): string => countriesOf(number).join("/") || number.slice(0, 4);

/** What a code for that address is counted by. Addresses stand there by keyed hash alone. */
export const codeLimits = (
  keys: LinkKeys,
  { channel, value }: { readonly channel: string; readonly value: string },
): readonly CodeLimit[] => {
  const place = keyedHash(keys[0] ?? "", "one-time codes to", channel, mailboxOf(value));
  return [
    { key: `few#${place}`, ...PER_ADDRESS },
    { key: `day#${place}`, ...PER_ADDRESS_AND_DAY },
    ...(/^\+\d+$/.test(value) ? [{ key: `range#${channel}#${rangeOf(value)}`, ...PER_COUNTRY }] : []),
  ];
};

/**
 * What a message with a code says where the playbook has no treatment for it, in the customer's language. The code itself
 * is `data.code` only while the message is rendered.
 */
export const codeContent = (brand: Brand, channel: string, locale = brand.locale): MessageContent => {
  const { words } = wordsFor([locale, brand.locale], brand.words);
  const filledIn = (text: string): string =>
    text
      .replaceAll("{brand}", "{{ brand.name }}")
      .replaceAll("{code}", "{{ data.code }}")
      .replaceAll("{minutes}", "{{ data.minutes }}");
  const [subject, text] = [filledIn(words.codeSubject), filledIn(words.codeText)];
  const content = CHANNELS.get(channel)?.content;
  if (content?.features.subject === true) {
    return { subject, text: `${text}\n\n{{ brand.name }}\n{{ brand.postalAddress }}\n` };
  }
  return content?.marks.includes("title") === true ? { title: subject, body: text } : { text };
};
