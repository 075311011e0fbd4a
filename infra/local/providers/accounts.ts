import { type AccountSecrets, accountSecretName } from "#ports/provider-accounts.ts";
import { LOCAL } from "#providers/all.local.ts";
import { readSecret, type Secret } from "../secretsmanager/service.ts";
import type { Settings } from "../state/settings.ts";

/**
 * The accounts `default` that are there while a hub is only tried: everybody may know what is secret of them.
 * @param listening those that lead to a port, by provider
 */
export const triedAccounts = (
  settings: Settings,
  listening: Readonly<Record<string, AccountSecrets>>,
): readonly Secret[] =>
  [...LOCAL].flatMap(([provider, { account = listening[provider] }]) => {
    if (account === undefined) return [];
    const name = accountSecretName({ stage: "local", provider, account: "default" });
    return [readSecret(name, name, { SecretString: JSON.stringify(account) }, settings)];
  });
