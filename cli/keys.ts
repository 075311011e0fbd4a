import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { dynamoKeyStore } from "#adapters/dynamodb/keys/key-store.ts";
import { expectedOneOf } from "#kernel/suggest.ts";
import { type KeyStore, SCOPES, type Scope } from "#ports/key-store.ts";
import { hashKey } from "#runtime/http/keys.ts";
import { parameterName } from "#runtime/names.ts";
import { type Terminal, UsageError } from "./terminal.ts";

type Options = {
  readonly name?: string;
  readonly kind?: string;
  readonly scopes?: string;
  readonly stage?: string;
};

/** The key store of a stage in AWS, whose table is found by the parameter that the core stack publishes. */
const storeOf = async (stage: string): Promise<KeyStore> => {
  const name = parameterName(stage, "tables/keys");
  const { Parameter } = await new SSMClient({}).send(new GetParameterCommand({ Name: name }));
  if (!Parameter?.Value) throw new Error(`there is no parameter ${name}: is the stage "${stage}" deployed?`);
  return dynamoKeyStore({ client: new DynamoDBClient({}), table: Parameter.Value });
};

/**
 * `rapport keys create`: makes a key and prints it, this once. Only its SHA-256 is stored, so nobody can look it up later.
 * @param keysOf gives the key store of a stage
 */
export const createKey = async (
  options: Options,
  terminal: Terminal,
  keysOf: (stage: string) => Promise<KeyStore> = storeOf,
): Promise<number> => {
  const { name, kind = "secret" } = options;
  if (!name) throw new UsageError("Say --name too: who will use the key.");
  if (kind !== "secret" && kind !== "write") throw new UsageError("--kind is secret or write.");
  const scopes = kind === "write" ? (["collect"] as const) : readScopes(options.scopes);
  if (kind === "write" && options.scopes && options.scopes !== "collect") {
    throw new UsageError("A write key can only collect: leave --scopes away.");
  }
  const stage = options.stage ?? terminal.environment.RAPPORT_STAGE ?? "prod";
  const key = `${kind === "write" ? "wk" : "sk"}_${randomBytes(32).toString("base64url")}`;
  const keys = await keysOf(stage);
  await keys.put({ hash: hashKey(key), kind, scopes, name });
  terminal.error(`${kind} key "${name}" for ${stage}, with: ${scopes.join(", ")}. It is shown this once:`);
  terminal.out(key);
  return 0;
};

const readScopes = (text: string | undefined): readonly Scope[] => {
  if (!text) throw new UsageError(`Say --scopes too: ${SCOPES.join(",")}, or all.`);
  if (text === "all") return SCOPES;
  return text.split(",").map((written) => {
    const scope = SCOPES.find((known) => known === written.trim());
    if (scope) return scope;
    throw new UsageError(`There is no scope "${written.trim()}": ${expectedOneOf(written.trim(), SCOPES)}.`);
  });
};
