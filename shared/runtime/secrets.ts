import {
  GetSecretValueCommand,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
} from "@aws-sdk/client-secrets-manager";
import { type Keyring, parseKeyring } from "#kernel/keyring.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import { log } from "./log.ts";

/**
 * The keys that a secret holds. `name` is the secret's ARN or name, as the environment gives it; `aws` says how to reach
 * another account than the own.
 */
export const readSecret = async (name: string, aws: SecretsManagerClientConfig = {}): Promise<Keyring> => {
  const answer = await new SecretsManagerClient(aws).send(new GetSecretValueCommand({ SecretId: name }));
  if (answer.SecretString === undefined) throw new Error(`secret ${name} holds no text`);
  return parseKeyring(answer.SecretString);
};

/** A new key counts a quarter of an hour after it was made (`rapport keys rotate`): by then everybody has read it. */
const HELD_MS = 5 * MINUTE_MS;

/**
 * A secret's keys, read when first asked for and again once they are five minutes old: no call per item (invariant 11).
 * Where they cannot be read again, those that are known go on counting.
 */
export const heldSecret = (name: string, clock: Clock, read = readSecret): (() => Promise<Keyring>) => {
  let held: { readonly keys: Promise<Keyring>; readonly until: number } | undefined;
  return function currentKeys() {
    const now = clock.now();
    if (held !== undefined && now < held.until) return held.keys;
    const before = held?.keys;
    const keys = read(name).catch((error: unknown) => {
      if (before === undefined) {
        held = undefined;
        throw error;
      }
      log.error("a secret was not read again", error);
      return before;
    });
    held = { keys, until: now + HELD_MS };
    return keys;
  };
};
