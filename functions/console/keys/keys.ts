import { RapportError, wrongField } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import { allows, type KeyRegister, type RegisteredKey, type Scope } from "#ports/key-store.ts";
import type { Caller } from "#runtime/http/caller.ts";
import { hashKey, idOfKey, newKey } from "#runtime/http/keys.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import { pageOf } from "#runtime/http/paging.ts";
import type { Key, operations } from "./operations.ts";

export type KeyDependencies = {
  readonly keys: KeyRegister;
  readonly clock: Clock;
};
type Calls = typeof operations;

const isoTime = (clock: Clock): string => new Date(clock.now()).toISOString();

const shown = (key: RegisteredKey): Key => {
  const { kind, name, scopes, createdAt, revokedAt } = key;
  return {
    id: idOfKey(key),
    kind,
    name,
    scopes: kind === "write" ? ["collect"] : [...scopes],
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(revokedAt === undefined ? {} : { revokedAt }),
  };
};

/** Nobody makes a key that may more than they may themselves: an admin may everything, a key what its scopes say. */
const checkScopes = (caller: Caller, scopes: readonly Scope[]): void => {
  if (caller.kind === "person") return;
  const beyond = scopes.find((scope) => !allows(caller.scopes, scope));
  if (beyond !== undefined)
    throw new RapportError("scope_missing", `a key without the scope ${beyond} makes none that has it`);
};

const create = async (
  { keys, clock }: KeyDependencies,
  { body, caller }: Call<Calls["createKey"]>,
): Promise<Answer<Calls["createKey"]>> => {
  const { name, kind, scopes } = body;
  if (kind === "secret" && scopes.length === 0)
    throw wrongField("scopes", "what the key is good for", "none");
  if (kind === "write" && scopes.length > 0)
    throw wrongField("scopes", "none: a write key collects, and nothing else", "some");
  checkScopes(caller, kind === "write" ? ["collect"] : scopes);
  const key = newKey(kind);
  const kept: RegisteredKey = {
    hash: hashKey(key),
    kind,
    name,
    scopes: kind === "write" ? ["collect"] : [...new Set(scopes)],
    createdAt: isoTime(clock),
  };
  await keys.put(kept);
  const { id, ...after } = shown(kept);
  return {
    status: 201,
    json: { ...shown(kept), key },
    headers: { "cache-control": "no-store" },
    changed: { target: id, after: { kind, name, scopes: [...after.scopes] } },
  };
};

const revoke = async (
  { keys, clock }: KeyDependencies,
  { params }: Call<Calls["revokeKey"]>,
): Promise<Answer<Calls["revokeKey"]>> => {
  const found = (await keys.list()).filter((key) => idOfKey(key) === params.id);
  const key = found.find(({ revokedAt }) => revokedAt === undefined) ?? found[0];
  if (key === undefined) throw new RapportError("not_found", "there is no key of that id");
  // Asked twice it is revoked since the first time.
  if (key.revokedAt !== undefined) return { status: 200, json: shown(key) };
  const revokedAt = isoTime(clock);
  await keys.revoke(key, revokedAt);
  return {
    status: 200,
    json: shown({ ...key, revokedAt }),
    changed: { before: { kind: key.kind, name: key.name, scopes: [...key.scopes] } },
  };
};

/** What answers the calls of operations.ts. */
export const keyCalls = (deps: KeyDependencies): Handlers<Calls> => ({
  listKeys: async ({ query }) => {
    const keys = await deps.keys.list();
    const page = pageOf(keys, ({ createdAt = "", hash }) => `${createdAt}#${hash}`, query);
    return { status: 200, json: { items: page.items.map(shown), cursor: page.cursor } };
  },
  createKey: (call) => create(deps, call),
  revokeKey: (call) => revoke(deps, call),
});
