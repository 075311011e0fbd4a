import type { IdentifierKey } from "#adapters/dynamodb/customers/customer-items.ts";
import { readSecret } from "./secrets.ts";

/** The key of identifier hashes, with the version that hashes are marked with. `name` is the secret's, as `readSecret` takes it. */
export const readIdentifierKey = async (name: string): Promise<IdentifierKey> => ({
  version: "1",
  key: await readSecret(name),
});
