/** What is secret of an account of ours at a provider, by name: keys, tokens, addresses that open a door. */
export type AccountSecrets = Readonly<Record<string, string>>;

/** The accounts at providers that `rapport providers connect` has set up. */
export type ProviderAccounts = {
  /** Null: there is no such account. */
  readonly find: (provider: string, account: string) => Promise<AccountSecrets | null>;
};

/** How an account may be called: it stands in addresses and names of secrets. */
export const ACCOUNT_NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** The name of the secret that holds an account's. Rights are given by its beginning. */
export const accountSecretName = ({
  stage,
  provider,
  account,
}: {
  readonly stage: string;
  readonly provider: string;
  readonly account: string;
}): string => `rapport/${stage}/providers/${provider}/${account}`;
