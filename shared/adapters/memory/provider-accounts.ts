import type { AccountSecrets, ProviderAccounts } from "#ports/provider-accounts.ts";

/** Accounts in memory, by `provider/account`. */
export const memoryProviderAccounts = (
  accounts: Readonly<Record<string, AccountSecrets>>,
): ProviderAccounts => ({
  find: async (provider, account) => accounts[`${provider}/${account}`] ?? null,
});
