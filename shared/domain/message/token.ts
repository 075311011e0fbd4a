import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  timingSafeEqual,
} from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";

import { fieldsOf, kindNumber, type LinkToken, tokenOf } from "./token-fields.ts";

/*
 * Tokens of the public links: `base64url(version | tag | ciphertext)`.
 *
 * The tag is HMAC-SHA256 over version and content, cut to 128 bits; the content is encrypted with AES-256-CTR under
 * that tag as its nonce (SIV: encrypt deterministically with a synthetic nonce, after RFC 5297). So nobody can forge or
 * change a token, nobody can read in it where a link leads or to whom it belongs, and the same link always makes the
 * same token without a source of randomness. A click's target travels inside the token: the redirect needs no table,
 * works even when the record of the message is late, and cannot be turned into an open redirect.
 */

/** Secrets: the first one signs, all of them verify, so that the key can be exchanged without dead links. */
export type LinkKeys = readonly string[];

export type TokenReading =
  | { readonly result: "valid"; readonly token: LinkToken }
  | { readonly result: "expired" }
  | { readonly result: "forged" };

const VERSION = 1;
const TAG_BYTES = 16;
/** A longer token is no token of ours: refused before any work is done. */
const MAX_TOKEN_CHARACTERS = 8_192;
const MAX_CONTENT_BYTES = 16_384;
const PLAIN = 0;
const DEFLATED = 1;
type Keys = { readonly sign: KeyObject; readonly encrypt: KeyObject };
const derived = new Map<string, Keys>();

/** Two independent keys from one secret, one per purpose (NIST SP 800-108, counter mode with one block). */
const keysOf = (secret: string): Keys => {
  const known = derived.get(secret);
  if (known) return known;
  const derive = (purpose: string) =>
    createSecretKey(createHmac("sha256", secret).update(`rapport link ${purpose}`).digest());
  const keys = { sign: derive("sign"), encrypt: derive("encrypt") };
  derived.set(secret, keys);
  return keys;
};

const tagOf = (keys: Keys, content: Buffer): Buffer =>
  createHmac("sha256", keys.sign).update(Buffer.of(VERSION)).update(content).digest().subarray(0, TAG_BYTES);

/** kind (1 byte), expiry (4 bytes, seconds since 1970), then each field as length (2 bytes) and UTF-8. */
const encode = (token: LinkToken, expiresAtMs: number): Buffer => {
  const head = Buffer.alloc(5);
  head.writeUInt8(kindNumber(token), 0);
  head.writeUInt32BE(Math.floor(expiresAtMs / 1000), 1);
  const fields = fieldsOf(token).flatMap((field) => {
    const bytes = Buffer.from(field, "utf8");
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    return [length, bytes];
  });
  return Buffer.concat([head, ...fields]);
};

const readFields = (content: Buffer): string[] => {
  const fields: string[] = [];
  let at = 5;
  while (at < content.length) {
    const length = content.readUInt16BE(at);
    fields.push(content.toString("utf8", at + 2, at + 2 + length));
    at += 2 + length;
  }
  return fields;
};

const decode = (content: Buffer): { token: LinkToken; expiresAtMs: number } | null => {
  const token = tokenOf(content.readUInt8(0), readFields(content));
  return token === null ? null : { token, expiresAtMs: content.readUInt32BE(1) * 1000 };
};

/** Shorter than this, deflating gains next to nothing and costs more than all the rest. */
const WORTH_DEFLATING_BYTES = 200;

/** Long targets repeat themselves (`utm_...`): packed when that is shorter. */
const pack = (content: Buffer): Buffer => {
  const plain = Buffer.concat([Buffer.of(PLAIN), content]);
  if (content.length < WORTH_DEFLATING_BYTES) return plain;
  const deflated = deflateRawSync(content);
  return deflated.length < content.length ? Buffer.concat([Buffer.of(DEFLATED), deflated]) : plain;
};

const unpack = (packed: Buffer): Buffer =>
  packed.readUInt8(0) === DEFLATED
    ? inflateRawSync(packed.subarray(1), { maxOutputLength: MAX_CONTENT_BYTES })
    : packed.subarray(1);

/**
 * @param expiresAtMs milliseconds since the epoch, at most until 2106
 * @throws Error when `keys` is empty
 */
export function signToken(keys: LinkKeys, token: LinkToken, expiresAtMs: number): string {
  const [secret] = keys;
  if (secret === undefined) throw new Error("no link key is set");
  const own = keysOf(secret);
  const content = pack(encode(token, expiresAtMs));
  const tag = tagOf(own, content);
  const cipher = createCipheriv("aes-256-ctr", own.encrypt, tag);
  return Buffer.concat([Buffer.of(VERSION), tag, cipher.update(content), cipher.final()]).toString(
    "base64url",
  );
}

const open = (secret: string, bytes: Buffer): Buffer | null => {
  const keys = keysOf(secret);
  const tag = bytes.subarray(1, 1 + TAG_BYTES);
  const cipher = createDecipheriv("aes-256-ctr", keys.encrypt, tag);
  const content = Buffer.concat([cipher.update(bytes.subarray(1 + TAG_BYTES)), cipher.final()]);
  return timingSafeEqual(tagOf(keys, content), tag) ? content : null;
};

/** Never throws: whatever stands in a URL is `valid`, `expired` or `forged`. Compared in constant time. */
export function readToken(keys: LinkKeys, text: string, nowMs: number): TokenReading {
  if (text.length > MAX_TOKEN_CHARACTERS) return { result: "forged" };
  const bytes = Buffer.from(text, "base64url");
  // Node skips what is not base64url; only the canonical spelling is a token, or changed ones would pass.
  if (bytes.toString("base64url") !== text) return { result: "forged" };
  if (bytes.length <= 1 + TAG_BYTES || bytes[0] !== VERSION) return { result: "forged" };
  for (const secret of keys) {
    const content = open(secret, bytes);
    const read = content === null ? null : decode(unpack(content));
    if (read === null) continue;
    return read.expiresAtMs <= nowMs ? { result: "expired" } : { result: "valid", token: read.token };
  }
  return { result: "forged" };
}
