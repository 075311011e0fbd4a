import { randomBytes } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { objectAt, parseObject, textAt } from "../aws/json.ts";
import { existingDatabase } from "./place.ts";
import { readSetting, type Settings } from "./settings.ts";

/** How an AWS client reaches a hub on this machine; its own settings, by their names. */
export type AwsAccess = {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

const ACCESS = "aws-access";

/** Credentials of this state alone, made at its first start, and where it answers now. */
export function grantAccess(settings: Settings, endpoint: string, region: string): AwsAccess {
  const kept = parseAccess(settings.get(ACCESS));
  const credentials = kept?.credentials ?? {
    accessKeyId: randomBytes(15).toString("hex"),
    secretAccessKey: randomBytes(32).toString("base64url"),
  };
  const access = { endpoint, region, credentials };
  settings.set(ACCESS, JSON.stringify(access));
  return access;
}

/**
 * Reads how to reach the hub that runs on a folder of state, for whoever may read that.
 * @throws Error that says what to do
 */
export function readAccess(directory: string): AwsAccess {
  const database = new DatabaseSync(existingDatabase(directory), { readOnly: true });
  const access = parseAccess(readSetting(database, ACCESS));
  database.close();
  if (access === null) throw new Error(`no hub has been started on ${directory} yet`);
  return access;
}

function parseAccess(text: string | null): AwsAccess | null {
  const kept = parseObject(text ?? "");
  if (kept === null) return null;
  const credentials = objectAt(kept, "credentials");
  return {
    endpoint: textAt(kept, "endpoint") ?? "",
    region: textAt(kept, "region") ?? "",
    credentials: {
      accessKeyId: textAt(credentials, "accessKeyId") ?? "",
      secretAccessKey: textAt(credentials, "secretAccessKey") ?? "",
    },
  };
}
