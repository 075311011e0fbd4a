import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import * as z from "zod/mini";
import { ACCOUNT_NAME } from "#kernel/account-name.ts";
import { expectedOneOf } from "#kernel/suggest.ts";
import type { ProviderSender, SendingAccount } from "#ports/provider.ts";
import { type AccountSecrets, accountSecretName } from "#ports/provider-accounts.ts";
import { INBOUND } from "#providers/all.inbound.ts";
import * as SENDERS from "#providers/all.senders.ts";
import { accessAdvice } from "./aws-access.ts";
import { type StageOptions, stageOf } from "./stage.ts";
import { type Terminal, UsageError } from "./terminal.ts";

/** The accounts that a provider sends by; of several channels they are the same. */
const sendingOf = (provider: string): readonly SendingAccount[] =>
  Object.values<Readonly<Record<string, ProviderSender<never>>>>(SENDERS).flatMap(
    (senders) => senders[provider]?.account ?? [],
  );
const calledBy = (provider: string): readonly string[] => INBOUND.get(provider)?.webhook?.secrets ?? [];

/** Names of what is secret of an account, by provider: to send, and to know its calls. */
const secretsOf = (provider: string): readonly string[] => [
  ...new Set([...sendingOf(provider).flatMap(({ secrets }) => secrets), ...calledBy(provider)]),
];
const CONNECTED = [
  ...new Set([...Object.values(SENDERS).flatMap((senders) => Object.keys(senders)), ...INBOUND.keys()]),
].filter((provider) => secretsOf(provider).length > 0);

const pairsIn = (texts: readonly string[]): AccountSecrets =>
  Object.fromEntries(
    texts.map((text) => {
      const [, name = "", value = ""] = /^([A-Za-z]+)=(\S.*)$/s.exec(text) ?? [];
      if (name === "") throw new UsageError(`Say what is secret as name=value, not "${text}".`);
      return [name, value];
    }),
  );

const checked = (provider: string, account: string): void => {
  if (!CONNECTED.includes(provider))
    throw new UsageError(
      `No accounts of "${provider}" are connected: ${expectedOneOf(provider, CONNECTED)}.`,
    );
  if (!ACCOUNT_NAME.test(account))
    throw new UsageError(
      `"${account}" is no name of an account: lower-case letters, digits and dashes, 40 at most.`,
    );
};

const SecretText = z.record(z.string(), z.string());

/** What an account has so far: of several secrets one may be changed alone. */
const known = async (client: SecretsManagerClient, name: string): Promise<AccountSecrets | null> => {
  try {
    const { SecretString = "{}" } = await client.send(new GetSecretValueCommand({ SecretId: name }));
    return z.parse(SecretText, JSON.parse(SecretString));
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException") return null;
    throw error;
  }
};

/**
 * `rapport providers connect <provider> <account> name=value...`: keeps what is secret of an account. Again it changes what
 * is named, and leaves the rest.
 */
export const connectAccount = async (
  [provider = "", account = "", ...pairs]: readonly string[],
  options: StageOptions,
  terminal: Terminal,
): Promise<number> => {
  checked(provider, account);
  const given = pairsIn(pairs);
  const stage = stageOf(options, terminal);
  const client = new SecretsManagerClient(stage.aws);
  const name = accountSecretName({ stage: stage.name, provider, account });
  try {
    const before = await known(client, name);
    const secrets = { ...before, ...given };
    const missing = secretsOf(provider).filter((wanted) => !secrets[wanted]);
    if (missing.length > 0) throw new UsageError(`Say ${missing.map((one) => `${one}=...`).join(" ")} too.`);
    for (const { examine } of sendingOf(provider)) {
      const wrong = examine?.(secrets) ?? null;
      if (wrong !== null) throw new UsageError(`${wrong}.`);
    }
    const SecretString = JSON.stringify(secrets);
    if (before === null) await client.send(new CreateSecretCommand({ Name: name, SecretString }));
    else await client.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
  } catch (cause) {
    const advice = stage.name === "local" ? undefined : accessAdvice(cause);
    throw advice === undefined ? cause : new Error(advice, { cause });
  }
  terminal.out(`${provider}/${account} is connected, and known everywhere in five minutes`);
  if (calledBy(provider).length > 0)
    terminal.error(`Its calls come to <where the hub is>/v1/in/${provider}/${account}`);
  return 0;
};
