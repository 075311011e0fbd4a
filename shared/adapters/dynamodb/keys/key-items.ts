import { currentScopes, type RegisteredKey, SCOPES, type Scope } from "#ports/key-store.ts";
import { attributes, type Item, keyOf } from "../requests/items.ts";

const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);

/** A revoked key lies where nobody looks a key up, so that no release finds it. */
const REVOKED = "revoked#";

export const liveKey = (hash: string): Item => keyOf(hash);

export const toKeyItem = ({ hash, kind, name, scopes, createdAt, revokedAt }: RegisteredKey): Item =>
  attributes({
    pk: revokedAt === undefined ? hash : REVOKED + hash,
    kind,
    name,
    scopes: scopes.length === 0 ? undefined : new Set(scopes),
    createdAt,
    revokedAt,
  });

export const fromKeyItem = (item: Item): RegisteredKey => ({
  hash: (item.pk?.S ?? "").replace(REVOKED, ""),
  kind: item.kind?.S === "write" ? "write" : "secret",
  scopes: currentScopes((item.scopes?.SS ?? []).filter(isScope)),
  name: item.name?.S ?? "",
  ...(item.createdAt?.S === undefined ? {} : { createdAt: item.createdAt.S }),
  ...(item.revokedAt?.S === undefined ? {} : { revokedAt: item.revokedAt.S }),
});
