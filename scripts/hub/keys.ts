import type { LocalCloud } from "#infra/local/cloud.ts";
import { putKeys } from "#infra/local/seed.ts";
import { type RegisteredKey, SCOPES } from "#ports/key-store.ts";
import { hashKey, newKey } from "#runtime/http/keys.ts";

/** The keys of a hub that serves customers, each in clear. */
export type Keys = {
  /** Public, so it may be shown at every start. */
  readonly write: string;
  /** With every scope; null once it has been shown: only its hash is kept. */
  readonly admin: string | null;
  /** By which the start itself publishes the playbook. */
  readonly own: string;
};

/** Makes the keys at the first start, and reads those that are kept at every other. */
export async function provideKeys(cloud: LocalCloud): Promise<Keys> {
  const { settings } = cloud;
  const write = settings.get("write-key");
  const own = settings.get("own-key");
  if (write !== null && own !== null) return { write, own, admin: null };
  const keys = { write: newKey("write"), admin: newKey("secret"), own: newKey("secret") };
  const createdAt = new Date().toISOString();
  const kept: readonly RegisteredKey[] = [
    { hash: hashKey(keys.write), kind: "write", scopes: ["collect"], name: "first write key", createdAt },
    { hash: hashKey(keys.admin), kind: "secret", scopes: SCOPES, name: "administrator", createdAt },
    {
      hash: hashKey(keys.own),
      kind: "secret",
      scopes: ["playbooks:write"],
      name: "npm run serve",
      createdAt,
    },
  ];
  await putKeys(cloud, kept);
  settings.set("own-key", keys.own);
  settings.set("write-key", keys.write);
  return keys;
}
