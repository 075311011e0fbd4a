/** What is secret of an account of ours at a provider, by name: keys, tokens, addresses that open a door. */
export type AccountSecrets = Readonly<Record<string, string>>;

/** The accounts at providers that `rapport providers connect` has set up. */
export type ProviderAccounts = {
  /** Null: there is no such account. */
  readonly find: (provider: string, account: string) => Promise<AccountSecrets | null>;
};

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
