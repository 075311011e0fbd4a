import { createDecipheriv, createECDH } from "node:crypto";
import { CURVE, keyAndNonce, TAG_BYTES } from "./encrypt.ts";

/** The browser of RFC 8291's example (appendix A): everybody knows its keys. */
export const KNOWN_BROWSER = {
  privateKey: "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
};

/** What a browser reads of a body that was encrypted for it. @throws Error where it was for another, or is damaged */
export const decrypt = (
  body: Buffer,
  { privateKey, auth }: { readonly privateKey: string; readonly auth: string },
): string => {
  const ecdh = createECDH(CURVE);
  ecdh.setPrivateKey(Buffer.from(privateKey, "base64url"));
  const [salt, keyLength] = [body.subarray(0, 16), body.readUInt8(20)];
  const sender = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  const { key, nonce } = keyAndNonce({
    shared: ecdh.computeSecret(sender),
    auth: Buffer.from(auth, "base64url"),
    browser: ecdh.getPublicKey(),
    sender,
    salt,
  });
  const decipher = createDecipheriv("aes-128-gcm", key, nonce);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  // What fills a record up stands behind the mark of its end.
  return padded.subarray(0, padded.lastIndexOf(2)).toString("utf8");
};
