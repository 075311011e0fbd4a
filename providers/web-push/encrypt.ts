import { createCipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import type { Subscription } from "#channels/webpush/subscription.ts";

export const CURVE = "prime256v1";
export const TAG_BYTES = 16;
const SALT_BYTES = 16;
/** All that push services take is one record. */
const RECORD_BYTES = 4_096;
/** Ends the last record, and so the only one (RFC 8188, 2). */
const LAST = Buffer.of(2);

const derived = (secret: Uint8Array, salt: Uint8Array, info: Uint8Array | string, bytes: number): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, salt, info, bytes));

type Agreed = {
  readonly shared: Buffer;
  readonly auth: Buffer;
  /** Public keys of the browser and of the sender. */
  readonly browser: Buffer;
  readonly sender: Buffer;
  readonly salt: Buffer;
};

/** The key and nonce that both sides come to (RFC 8291, 3.4). */
export const keyAndNonce = ({ shared, auth, browser, sender, salt }: Agreed) => {
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), browser, sender]);
  const input = derived(shared, auth, info, 32);
  return {
    key: derived(input, salt, "Content-Encoding: aes128gcm\0", 16),
    nonce: derived(input, salt, "Content-Encoding: nonce\0", 12),
  };
};

/** What one encryption is made with, and no other. */
type Once = { readonly salt: Buffer; readonly privateKey: Buffer };

const once = (): Once => {
  const ecdh = createECDH(CURVE);
  ecdh.generateKeys();
  return { salt: randomBytes(SALT_BYTES), privateKey: ecdh.getPrivateKey() };
};

/**
 * Encrypts for a browser alone: `aes128gcm` of RFC 8188, with keys as RFC 8291 says.
 * @throws Error where the browser's key is no point of the curve
 */
export const encrypt = (
  plain: string,
  { p256dh, auth }: Pick<Subscription, "p256dh" | "auth">,
  { salt, privateKey }: Once = once(),
): Buffer => {
  const ecdh = createECDH(CURVE);
  ecdh.setPrivateKey(privateKey);
  const [browser, sender] = [Buffer.from(p256dh, "base64url"), ecdh.getPublicKey()];
  const shared = ecdh.computeSecret(browser);
  const agreed = { shared, auth: Buffer.from(auth, "base64url"), browser, sender, salt };
  const { key, nonce } = keyAndNonce(agreed);
  const cipher = createCipheriv("aes-128-gcm", key, nonce);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_BYTES);
  return Buffer.concat([
    salt,
    size,
    Buffer.of(sender.length),
    sender,
    cipher.update(Buffer.concat([Buffer.from(plain), LAST])),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
};
