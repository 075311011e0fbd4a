import type { Account, DeployedStack, LivePlaybook } from "#ports/account.ts";
import type { Told } from "#ports/checkup.ts";

/** What there is in an account that only exists in memory. */
export type MemoryAccount = {
  readonly stacks: readonly DeployedStack[];
  readonly published: Readonly<Record<string, string>>;
  /** Ids of secrets that hold a value. */
  readonly secrets: readonly string[];
  readonly subscribers: { readonly confirmed: number; readonly pending: number };
  readonly live: LivePlaybook | null;
  /** Addresses that answer, with their status. */
  readonly reachable: Readonly<Record<string, number>>;
};

const told = <T>(value: T | undefined): Told<T> =>
  value === undefined ? { told: "absent" } : { told: "answer", value };

/** An account in memory. */
export const memoryAccount = (there: MemoryAccount): Account => ({
  stacks: async () => told(there.stacks),
  published: async (name) => told(there.published[name]),
  hasSecret: async (id) => told(there.secrets.includes(id) ? true : undefined),
  subscribers: async () => told(there.subscribers),
  livePlaybook: async () => told<LivePlaybook | null>(there.live),
  reach: async (url) => there.reachable[url] ?? null,
});
