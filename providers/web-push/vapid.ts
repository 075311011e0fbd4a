import { createECDH, createPrivateKey, sign } from "node:crypto";
import { CURVE } from "./encrypt.ts";

/** The key pair by which push services know us (RFC 8292), in base64url, and whom to write to about it. */
export type Vapid = { readonly publicKey: string; readonly privateKey: string; readonly subject: string };

const POINT_BYTES = 65;
/** A token is good for so long; a day is the most that push services take. */
const GOOD_FOR_SECONDS = 12 * 3_600;

const publicOf = (privateKey: string): string | null => {
  try {
    const ecdh = createECDH(CURVE);
    ecdh.setPrivateKey(Buffer.from(privateKey, "base64url"));
    return ecdh.getPublicKey().toString("base64url");
  } catch {
    return null;
  }
};

/** What is wrong with an account's keys, in a sentence; null: nothing. */
export const examineVapid = ({ publicKey, privateKey, subject }: Vapid): string | null => {
  if (!/^(?:mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/.test(subject))
    return "subject is no address to write to: mailto:somebody@shop.example, or https://...";
  if (publicOf(privateKey) !== publicKey.replace(/=+$/, ""))
    return "privateKey and publicKey are no pair of keys of P-256 in base64url";
  return null;
};

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

const keyOf = ({ publicKey, privateKey }: Vapid) => {
  const point = Buffer.from(publicKey, "base64url").subarray(1, POINT_BYTES);
  const x = point.subarray(0, 32).toString("base64url");
  const y = point.subarray(32).toString("base64url");
  return createPrivateKey({ key: { kty: "EC", crv: "P-256", d: privateKey, x, y }, format: "jwk" });
};

/** The header that proves to a push service who sends. @param now milliseconds since the epoch */
export const authorization = (vapid: Vapid, endpoint: URL, now: number): string => {
  const claims = {
    aud: endpoint.origin,
    exp: Math.floor(now / 1_000) + GOOD_FOR_SECONDS,
    sub: vapid.subject,
  };
  const said = `${encoded({ typ: "JWT", alg: "ES256" })}.${encoded(claims)}`;
  const signature = sign("sha256", Buffer.from(said), { key: keyOf(vapid), dsaEncoding: "ieee-p1363" });
  return `vapid t=${said}.${signature.toString("base64url")}, k=${vapid.publicKey.replace(/=+$/, "")}`;
};
