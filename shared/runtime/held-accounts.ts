import { MINUTE_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { AccountSecrets, ProviderAccounts } from "#ports/provider-accounts.ts";
import { log } from "./log.ts";

/** A secret that was changed counts within five minutes, an account that is new within one. */
const HELD_MS = 5 * MINUTE_MS;
const ABSENT_MS = MINUTE_MS;
/** Names that are none come from anybody: of more than so many the oldest are forgotten. */
const MOST_ABSENT = 1_000;

type Held = { readonly found: Promise<AccountSecrets | null>; readonly until: number };

/**
 * Accounts, each read when first asked for and again once it is old: no call per message (invariant 11). Where they cannot
 * be read again, what is known goes on counting, however many names of nobody's are asked for in between.
 */
export const heldAccounts = (accounts: ProviderAccounts, clock: Clock): ProviderAccounts => {
  const held = new Map<string, Held>();
  /** Until when a name is nobody's, the oldest first. */
  const absent = new Map<string, number>();
  const keepAbsent = (name: string): null => {
    held.delete(name);
    absent.delete(name);
    absent.set(name, clock.now() + ABSENT_MS);
    const [oldest] = absent.keys();
    if (absent.size > MOST_ABSENT && oldest !== undefined) absent.delete(oldest);
    return null;
  };
  return {
    find: async (provider, account) => {
      const name = `${provider}/${account}`;
      if (clock.now() < (absent.get(name) ?? 0)) return null;
      const before = held.get(name);
      if (before !== undefined && clock.now() < before.until) return before.found;
      const found = accounts.find(provider, account).catch((error: unknown) => {
        if (before === undefined) {
          held.delete(name);
          throw error;
        }
        log.error("an account's secret was not read again", error);
        return before.found;
      });
      held.set(name, { found, until: clock.now() + HELD_MS });
      return (await found) ?? keepAbsent(name);
    },
  };
};
