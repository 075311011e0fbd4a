import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { dynamoKeyRegister } from "#adapters/dynamodb/keys/key-register.ts";
import { dynamoPlaybookStore } from "#adapters/dynamodb/playbooks/playbook-store.ts";
import type { JsonObject } from "#kernel/json.ts";
import { type ApiKey, type RegisteredKey, SCOPES } from "#ports/key-store.ts";
import { hashKey } from "#runtime/http/keys.ts";
import { parameterName } from "#runtime/names.ts";
import { parseObject, textAt } from "./aws/json.ts";
import type { LocalCloud } from "./cloud.ts";
import { LOCAL_SECRET_KEY, LOCAL_WRITE_KEY } from "./state/local-keys.ts";

/** Signs proofs of identity. */
export const LOCAL_IDENTITY_KEY = "local-identity-key";
/** What the local cloud's secrets hold where anybody may know them. */
export const LOCAL_SECRETS = { "secrets/identity-key": LOCAL_IDENTITY_KEY } as const;

const KEYS: readonly ApiKey[] = [
  { hash: hashKey(LOCAL_WRITE_KEY), kind: "write", scopes: [], name: "local write key" },
  { hash: hashKey(LOCAL_SECRET_KEY), kind: "secret", scopes: SCOPES, name: "local secret key" },
];

/** Puts the two well-known keys into the key table, as `rapport keys create` would; one that was revoked stays so. */
export const seedKeys = (cloud: LocalCloud): Promise<void> => putKeys(cloud, KEYS);

/** Puts keys into the key table of a hub that runs in this process, those apart that were revoked there. */
export async function putKeys(cloud: LocalCloud, keys: readonly RegisteredKey[]): Promise<void> {
  const table = tableOf(cloud, "tables/keys");
  const client = new DynamoDBClient(cloud.aws);
  const register = dynamoKeyRegister({ client, table });
  const revoked = (await register.list()).filter(({ revokedAt }) => revokedAt !== undefined);
  const stays = (key: RegisteredKey) => !revoked.some(({ hash }) => hash === key.hash);
  for (const key of keys.filter(stays)) await register.put(key);
  client.destroy();
}

type TableParameter = Parameters<typeof parameterName>[1];

const tableOf = ({ deployment }: Pick<LocalCloud, "deployment">, name: TableParameter): string => {
  const table = deployment.parameters.get(parameterName("local", name));
  if (table === undefined) throw new Error(`the assembly publishes no ${name}`);
  return table;
};

/** The version that is live on a hub that runs in this process, or null; no function is woken for it. */
export async function liveVersion(cloud: Pick<LocalCloud, "aws" | "deployment">): Promise<string | null> {
  const client = new DynamoDBClient(cloud.aws);
  try {
    return await dynamoPlaybookStore({ client, table: tableOf(cloud, "tables/playbooks") }).current();
  } finally {
    client.destroy();
  }
}

type HubAccess = { readonly url: string; readonly key?: string };

export type LoadedPlaybook = {
  readonly version: string;
  readonly published: boolean;
  /** The version that was live before; undefined where none was. */
  readonly live: string | undefined;
  readonly warnings: readonly unknown[];
};

/**
 * Uploads files as a playbook through the public API and publishes it, unless another version than `mine` is live:
 * what someone published by hand stays.
 * @param hub where it answers, and a key that may publish
 * @param mine the version this same step published last time, or null
 * @throws Error with the files and lines at fault
 */
export async function loadPlaybook(
  hub: HubAccess,
  files: { readonly [path: string]: string },
  mine: string | null,
): Promise<LoadedPlaybook> {
  const uploaded = await uploadPlaybook(hub, files);
  if ("refused" in uploaded)
    throw new Error(`no valid playbook:\n${JSON.stringify(uploaded.refused, null, 2)}`);
  const { version, warnings } = uploaded;
  const current = await call(hub, "GET", "/v1/playbooks/current");
  const live = current.status === 200 ? textAt(current.body, "version") : undefined;
  if (live === version) return { version, published: true, live, warnings };
  if (live !== undefined && live !== mine) return { version, published: false, live, warnings };
  await publishPlaybook(hub, version);
  return { version, published: true, live, warnings };
}

/** Uploads files as a version of a playbook; `refused` holds the problem of a hub that does not take them. */
export async function uploadPlaybook(
  hub: HubAccess,
  files: { readonly [path: string]: string },
): Promise<
  { readonly version: string; readonly warnings: readonly unknown[] } | { readonly refused: JsonObject }
> {
  const { status, body } = await call(hub, "POST", "/v1/playbooks", { files });
  if (status !== 201) return { refused: body };
  return {
    version: textAt(body, "version") ?? "",
    warnings: Array.isArray(body.warnings) ? body.warnings : [],
  };
}

/** Makes a version live that was uploaded. @throws Error where the hub refuses */
export async function publishPlaybook(hub: HubAccess, version: string): Promise<void> {
  const published = await call(hub, "POST", `/v1/playbooks/${encodeURIComponent(version)}/publish`);
  if (published.status !== 200)
    throw new Error(`publishing ${version} failed: ${JSON.stringify(published.body)}`);
}

async function call(
  { url, key = LOCAL_SECRET_KEY }: HubAccess,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: JsonObject }> {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: parseObject(text) ?? { message: text } };
}
