import { isObject } from "#kernel/json.ts";

/** A browser that agreed to be notified: where, and with what nobody but it can read (Push API, `PushSubscription`). */
export type Subscription = {
  readonly endpoint: string;
  /** Its public key, an uncompressed point of P-256, in base64url. */
  readonly p256dh: string;
  /** 16 bytes that it shares with us, in base64url. */
  readonly auth: string;
};

const POINT_BYTES = 65;
const UNCOMPRESSED = 4;
const AUTH_BYTES = 16;

/** Base64url without its padding, of so many bytes; null where it is not. */
const bytesIn = (text: unknown, length: number): { readonly text: string; readonly first: number } | null => {
  if (typeof text !== "string" || text.length > 2 * length) return null;
  const bytes = Buffer.from(text, "base64url");
  return bytes.length === length ? { text: bytes.toString("base64url"), first: bytes[0] ?? 0 } : null;
};

const checked = (endpoint: unknown, p256dh: unknown, auth: unknown): Subscription | null => {
  if (typeof endpoint !== "string" || !URL.canParse(endpoint)) return null;
  const url = new URL(endpoint);
  if (url.protocol !== "https:" || url.hash !== "" || url.username !== "") return null;
  const [key, secret] = [bytesIn(p256dh, POINT_BYTES), bytesIn(auth, AUTH_BYTES)];
  if (key === null || key.first !== UNCOMPRESSED || secret === null) return null;
  return { endpoint: url.href, p256dh: key.text, auth: secret.text };
};

/** What `JSON.stringify` makes of a browser's subscription; null: it is none. */
export const subscriptionIn = (json: string): Subscription | null => {
  try {
    const told: unknown = JSON.parse(json);
    if (!isObject(told) || !isObject(told.keys)) return null;
    return checked(told.endpoint, told.keys.p256dh, told.keys.auth);
  } catch {
    return null;
  }
};

/** An address as it is kept: `<endpoint>#<p256dh>.<auth>`; null: it is none. */
export const readSubscription = (address: string): Subscription | null => {
  const [, endpoint, p256dh, auth] = /^([^#]+)#([\w-]+)\.([\w-]+)$/.exec(address) ?? [];
  return checked(endpoint, p256dh, auth);
};
