import { createHash } from "node:crypto";
import { RapportError } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import type { ApiKey, KeyStore, Scope } from "#ports/key-store.ts";
import type { HttpRequest } from "./http-request.ts";

export const hashKey = (key: string): string => createHash("sha256").update(key).digest("hex");

const KNOWN_MS = 60_000;
/** A key that was made a moment after it was first tried should not stay unknown for a minute. */
const UNKNOWN_MS = 5_000;
const MAX_CACHED = 10_000;

/** Looks keys up by hash and remembers the answer: a revoked key dies within 60 s. */
export const cachedKeys = (store: KeyStore, clock: Clock): KeyStore["find"] => {
  const cache = new Map<string, { readonly key: ApiKey | null; readonly until: number }>();
  return async function findKey(hash) {
    const known = cache.get(hash);
    if (known !== undefined && known.until > clock.now()) return known.key;
    const key = await store.find(hash);
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(hash, { key, until: clock.now() + (key === null ? UNKNOWN_MS : KNOWN_MS) });
    return key;
  };
};

const basicUser = (header: string): string | undefined => {
  const match = /^basic\s+(\S+)$/i.exec(header);
  if (match?.[1] === undefined) return undefined;
  return Buffer.from(match[1], "base64").toString("utf8").split(":", 1)[0];
};

const bodyKey = (request: Omit<HttpRequest, "key">): string | undefined => {
  if (request.bodyBytes.length === 0) return undefined;
  const body = request.json();
  if (typeof body !== "object" || body === null || !("writeKey" in body)) return undefined;
  return typeof body.writeKey === "string" ? body.writeKey : undefined;
};

/** Keys the request may mean, likeliest first. The body counts on collect only, where browsers cannot set headers. */
const candidates = (request: Omit<HttpRequest, "key">, scope: Scope): string[] => {
  const header = request.headers.authorization ?? "";
  const bearer = /^bearer\s+(\S+)$/i.exec(header)?.[1];
  const found = [basicUser(header), bearer, scope === "collect" ? bodyKey(request) : undefined];
  return found.filter((key): key is string => key !== undefined && key !== "");
};

/** The key the request was made with. Throws `key_missing`, `key_unknown`, `scope_missing`. */
export const checkKey = async (
  find: KeyStore["find"],
  request: Omit<HttpRequest, "key">,
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
    if (scopes.includes(scope)) return key;
    throw new RapportError("scope_missing", `this call needs the scope ${scope}`);
  }
  throw new RapportError("key_unknown", "the key is not known");
};
