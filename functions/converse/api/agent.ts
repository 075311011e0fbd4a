import { RapportError } from "#kernel/errors.ts";
import { allows } from "#ports/key-store.ts";
import type { Caller } from "#runtime/http/caller.ts";

/**
 * Who acts: whoever is logged in, the key's own name, or whom the header names where the key may speak for anybody.
 * Throws `scope_missing`.
 */
export const agentOf = (caller: Caller, named: string | undefined): string => {
  if (named === undefined || caller.kind === "person") return caller.name;
  if (caller.kind === "secret" && allows(caller.scopes, "agents:any")) return named;
  throw new RapportError("scope_missing", "X-Rapport-Agent needs the scope agents:any");
};
