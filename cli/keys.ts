import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { dynamoKeyRegister } from "#adapters/dynamodb/keys/key-register.ts";
import { expectedOneOf } from "#kernel/suggest.ts";
import { type KeyRegister, type RegisteredKey, SCOPES, type Scope } from "#ports/key-store.ts";
import { hashKey, idOfKey, KEY_ID_LENGTH, newKey } from "#runtime/http/keys.ts";
import { published, type Stage, type StageOptions, stageOf } from "./stage.ts";
import { type Terminal, UsageError } from "./terminal.ts";

type CreateOptions = StageOptions & {
  readonly name?: string;
  readonly kind?: string;
  readonly scopes?: string;
};
/** Gives the keys of a stage. */
type RegisterOf = (stage: Stage) => Promise<KeyRegister>;

const registerOf: RegisterOf = async (stage) =>
  dynamoKeyRegister({ client: new DynamoDBClient(stage.aws), table: await published(stage, "tables/keys") });

/** `rapport keys create`: makes a key and prints it, this once. Only its SHA-256 is stored, so nobody can look it up later. */
export const createKey = async (
  options: CreateOptions,
  terminal: Terminal,
  keysOf = registerOf,
): Promise<number> => {
  const { name, kind = "secret" } = options;
  if (!name) throw new UsageError("Say --name too: who will use the key.");
  if (kind !== "secret" && kind !== "write") throw new UsageError("--kind is secret or write.");
  const scopes = kind === "write" ? (["collect"] as const) : readScopes(options.scopes);
  if (kind === "write" && options.scopes && options.scopes !== "collect") {
    throw new UsageError("A write key can only collect: leave --scopes away.");
  }
  const stage = stageOf(options, terminal);
  const key = newKey(kind);
  const keys = await keysOf(stage);
  await keys.put({ hash: hashKey(key), kind, scopes, name, createdAt: new Date().toISOString() });
  terminal.error(
    `${kind} key "${name}" for ${options.state ?? stage.name}, with: ${scopes.join(", ")}. It is shown this once:`,
  );
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

/** `rapport keys list`: prints id, kind, name and scopes of all keys, those that were revoked last. */
export const listKeys = async (
  options: StageOptions,
  terminal: Terminal,
  keysOf = registerOf,
): Promise<number> => {
  const keys = await (await keysOf(stageOf(options, terminal))).list();
  const order = ({ revokedAt, createdAt, name }: RegisteredKey) =>
    `${revokedAt ?? ""} ${createdAt ?? ""} ${name}`;
  for (const key of [...keys].sort((a, b) => (order(a) < order(b) ? -1 : 1))) {
    const { kind, name, scopes, createdAt, revokedAt } = key;
    const allowed =
      kind === "write" ? "collect" : SCOPES.every((one) => scopes.includes(one)) ? "all" : scopes;
    const times = [
      `made ${createdAt ?? "by an earlier release"}`,
      ...(revokedAt === undefined ? [] : [`revoked ${revokedAt}`]),
    ];
    terminal.out([idOfKey(key), kind.padEnd(6), `"${name}"`, allowed, ...times].join("  "));
  }
  return 0;
};

/**
 * `rapport keys revoke <key>`: the key itself, its id, or a name that one key alone has. The hub refuses it within 60 s.
 * Throws when none or more than one is meant.
 */
export const revokeKey = async (
  meant: string,
  options: StageOptions,
  terminal: Terminal,
  keysOf = registerOf,
): Promise<number> => {
  const register = await keysOf(stageOf(options, terminal));
  const hash = hashKey(meant);
  const found = (await register.list()).filter(
    (key) =>
      key.hash === hash ||
      key.name === meant ||
      (meant.length >= KEY_ID_LENGTH && key.hash.startsWith(meant)),
  );
  const live = found.filter(({ revokedAt }) => revokedAt === undefined);
  const [key, second] = live;
  if (second !== undefined) {
    throw new Error(
      `${live.length} keys are named "${meant}"; revoke by id: ${live.map(idOfKey).join(", ")}`,
    );
  }
  if (key === undefined) {
    throw new Error(
      found.length > 0
        ? "that key is revoked already"
        : "there is no such key; `rapport keys list` shows all",
    );
  }
  await register.revoke(key, new Date().toISOString());
  terminal.out(
    `${key.kind} key "${key.name}" (${idOfKey(key)}) is revoked: refused everywhere within 60 seconds`,
  );
  return 0;
};
