/** How an account of ours at a provider may be called: it stands in addresses and names of secrets. */
export const ACCOUNT_NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** What an account is called where nobody named it. */
export const DEFAULT_ACCOUNT = "default";
