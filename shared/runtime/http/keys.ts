import { createHash, randomBytes } from "node:crypto";
import { RapportError } from "#kernel/errors.ts";
import { type ApiKey, allows, type KeyStore, type Scope } from "#ports/key-store.ts";
import type { HttpRequest } from "./http-request.ts";

export const hashKey = (key: string): string => createHash("sha256").update(key).digest("hex");

/** The text of a new key. */
export const newKey = (kind: ApiKey["kind"]): string =>
  `${kind === "write" ? "wk" : "sk"}_${randomBytes(32).toString("base64url")}`;

/** So much of the hash tells keys apart. */
export const KEY_ID_LENGTH = 12;
export const idOfKey = ({ hash }: Pick<ApiKey, "hash">): string => hash.slice(0, KEY_ID_LENGTH);

const basicUser = (header: string): string | undefined => {
  const match = /^basic\s+(\S+)$/i.exec(header);
  if (match?.[1] === undefined) return undefined;
  return Buffer.from(match[1], "base64").toString("utf8").split(":", 1)[0];
};

const bodyKey = (request: HttpRequest): string | undefined => {
  if (request.bodyBytes.length === 0) return undefined;
  const body = request.json();
  if (typeof body !== "object" || body === null || !("writeKey" in body)) return undefined;
  return typeof body.writeKey === "string" ? body.writeKey : undefined;
};

/** Keys the request may mean, likeliest first. The body counts on collect only, where browsers cannot set headers. */
const candidates = (request: HttpRequest, scope: Scope): string[] => {
  const header = request.headers.authorization ?? "";
  const bearer = /^bearer\s+(\S+)$/i.exec(header)?.[1];
  const found = [basicUser(header), bearer, scope === "collect" ? bodyKey(request) : undefined];
  return found.filter((key): key is string => key !== undefined && key !== "");
};

/** The key the request was made with. Throws `key_missing`, `key_unknown`, `scope_missing`. */
export const checkKey = async (
  find: KeyStore["find"],
  request: HttpRequest,
  scope: Scope,
): Promise<ApiKey> => {
  const given = candidates(request, scope);
  if (given.length === 0) {
    throw new RapportError(
      "key_missing",
      scope === "collect"
        ? "send a write key as Basic user name or as writeKey in the body, or a secret key as Bearer"
        : "send a secret key as Authorization: Bearer",
    );
  }
  for (const text of given) {
    const key = await find(hashKey(text));
    if (key === null) continue;
    const scopes: readonly Scope[] = key.kind === "write" ? ["collect"] : key.scopes;
    if (allows(scopes, scope)) return key;
    throw new RapportError("scope_missing", `this call needs the scope ${scope}`);
  }
  throw new RapportError("key_unknown", "the key is not known");
};
