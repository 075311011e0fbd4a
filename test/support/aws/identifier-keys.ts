import { type LookupKeys, lookupKeys, parseKeyring } from "#kernel/keyring.ts";

/** The keys of a hub that never replaced any. */
export const identifierKeys = async (): Promise<LookupKeys> => lookupKeys(parseKeyring("secret"), 0);
