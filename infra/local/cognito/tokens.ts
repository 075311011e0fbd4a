import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import type { JsonObject } from "#kernel/json.ts";
import { numberAt, parseObject } from "../aws/json.ts";
import type { Settings } from "../state/settings.ts";

/** Signs what a user pool says of people, and knows it again. */
export type TokenSigner = {
  readonly sign: (claims: JsonObject) => string;
  /** The claims of a token that was signed here and whose time is not over; else null. */
  readonly read: (token: string) => JsonObject | null;
  /** The public key, as a JSON Web Key Set. */
  readonly keySet: () => object;
};

const SETTING = "cognito-signing-key";

/** With one key, made when it is first needed and kept with the state: sessions outlive a restart. */
export function createTokenSigner(settings: Settings, now: () => number): TokenSigner {
  let made: { readonly key: KeyObject; readonly publicKey: KeyObject; readonly kid: string } | undefined;
  const keys = () => {
    made ??= readKey(settings);
    return made;
  };
  return {
    sign: (claims) => {
      const { key, kid } = keys();
      const text = `${encode({ alg: "RS256", kid })}.${encode(claims)}`;
      return `${text}.${sign("RSA-SHA256", Buffer.from(text), key).toString("base64url")}`;
    },
    read: (token) => {
      const [header = "", body = "", signature = ""] = token.split(".");
      const signed = Buffer.from(`${header}.${body}`);
      if (!verify("RSA-SHA256", signed, keys().publicKey, Buffer.from(signature, "base64url"))) return null;
      const claims = parseObject(Buffer.from(body, "base64url").toString("utf8"));
      return claims !== null && (numberAt(claims, "exp") ?? 0) * 1_000 > now() ? claims : null;
    },
    keySet: () => {
      const { publicKey, kid } = keys();
      return { keys: [{ ...publicKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" }] };
    },
  };
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

function readKey(settings: Settings) {
  const pem = settings.get(SETTING) ?? makeKey(settings);
  const key = createPrivateKey(pem);
  const publicKey = createPublicKey(key);
  const kid = createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("base64url");
  return { key, publicKey, kid };
}

function makeKey(settings: Settings): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  settings.set(SETTING, pem);
  return pem;
}
