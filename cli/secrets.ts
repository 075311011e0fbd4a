import { randomBytes } from "node:crypto";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod/mini";
import { inUse, type Keyring, keyringText, withKey } from "#kernel/keyring.ts";
import { expectedOneOf } from "#kernel/suggest.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { readSecret } from "#runtime/secrets.ts";
import { type HubOptions, hubUrl, unreachable } from "./hub.ts";
import { published, type Stage, type StageOptions, stageOf } from "./stage.ts";
import { type Terminal, UsageError } from "./terminal.ts";

type Options = StageOptions & HubOptions;

/** A secret of a stage, to be read and written over. */
type SecretStore = {
  readonly read: () => Promise<Keyring>;
  readonly write: (keys: Keyring) => Promise<void>;
  /** The time by the hub's clock, in milliseconds since the epoch. */
  readonly now: () => Promise<number>;
};
type StoreOf = (kind: Kind, options: Options, terminal: Terminal) => Promise<SecretStore>;

const KINDS = ["link", "identity", "identifier"] as const;
type Kind = (typeof KINDS)[number];

/** What is read every five minutes everybody knows by then. */
const KNOWN_AFTER_MS = 15 * MINUTE_MS;

const storeOf: StoreOf = async (kind, options, terminal) => {
  const stage = stageOf(options, terminal);
  const name = await published(stage, `secrets/${kind}-key`);
  return {
    read: () => readSecret(name, stage.aws),
    write: async (keys) => {
      const client = new SecretsManagerClient(stage.aws);
      await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: keyringText(keys) }));
    },
    now: () => clockOf(stage, options, terminal),
  };
};

const Clock = z.object({ now: z.string() });

/** The local cloud may be days ahead of this machine; a hub that serves customers never is. */
const clockOf = async ({ name }: Stage, options: Options, terminal: Terminal): Promise<number> => {
  if (name !== "local" || options.state !== undefined) return Date.now();
  const url = hubUrl(options, terminal);
  const answer = await fetch(`${url}/_local/clock`).catch((cause: unknown) => {
    throw unreachable(url, cause);
  });
  return Date.parse(Clock.parse(await answer.json()).now);
};

const kindOf = (text: string): Kind => {
  const kind = KINDS.find((known) => known === text);
  if (kind !== undefined) return kind;
  throw new UsageError(`There is no key "${text}": ${expectedOneOf(text, KINDS)}.`);
};

/** What follows from a new key of version `version`, beside those of before. */
const AFTER: Readonly<Record<Kind, (version: string, before: string) => string>> = {
  link: (_, before) =>
    `Links of mails sent before go on working. If the old key has leaked, end it after that: rapport keys retire link ${before}`,
  identity: (_, before) =>
    `Proofs hold by any of them, by the new one in five minutes. Give your servers what \`rapport keys identity\` prints, then: rapport keys retire identity ${before}`,
  identifier: (version) =>
    `Who was found before is found as ever, and moved to version ${version} when they come back. The old keys stay.`,
};

/**
 * `rapport keys rotate <link|identity|identifier>`: makes a newer key beside those there are. Nothing pauses: it is used
 * a quarter of an hour later, once every function knows it.
 */
export const rotateSecret = async (
  what: string,
  options: Options,
  terminal: Terminal,
  secretOf = storeOf,
): Promise<number> => {
  const kind = kindOf(what);
  const secret = await secretOf(kind, options, terminal);
  const [keys, now] = await Promise.all([secret.read(), secret.now()]);
  const [newest] = keys;
  if (newest?.from !== undefined && Date.parse(newest.from) > now) {
    throw new Error(`version ${newest.version} counts from ${newest.from} on: let that pass first`);
  }
  const from = kind === "identity" ? undefined : new Date(now + KNOWN_AFTER_MS).toISOString();
  const rotated = withKey(keys, randomBytes(32).toString("base64url"), from);
  await secret.write(rotated);
  const version = rotated[0]?.version ?? "";
  terminal.out(`${kind} key: version ${version}${from === undefined ? "" : `, used from ${from} on`}`);
  terminal.error(AFTER[kind](version, newest?.version ?? ""));
  return 0;
};

/**
 * `rapport keys retire <link|identity> <version>`: from five minutes later on, nothing that was signed with that key
 * holds. Throws for the key that is used, and for one that is not there.
 */
export const retireSecret = async (
  { what, version }: { readonly what: string; readonly version: string },
  options: Options,
  terminal: Terminal,
  secretOf = storeOf,
): Promise<number> => {
  const kind = kindOf(what);
  if (kind === "identifier")
    throw new UsageError("Customers are found by the identifier keys of before: they stay.");
  const secret = await secretOf(kind, options, terminal);
  const [keys, now] = await Promise.all([secret.read(), secret.now()]);
  const versions = keys.map((key) => key.version);
  if (!versions.includes(version))
    throw new Error(`there is no version ${version}, but ${versions.join(", ")}`);
  const used = kind === "identity" ? keys[0] : inUse(keys, now)[0];
  if (version === used?.version || version === keys[0]?.version) {
    throw new Error(
      `version ${version} is the one in use: rotate first, and retire it once the next one counts`,
    );
  }
  await secret.write(keys.filter((key) => key.version !== version));
  terminal.out(
    `${kind} key: version ${version} is retired; what was signed with it holds for five minutes at most`,
  );
  return 0;
};
