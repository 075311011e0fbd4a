import { systemClock, systemIds } from "../clock.ts";
import { readEnv } from "../env.ts";
import { apiKeys, auditLog, publicUrl } from "../stores.ts";
import type { Callers } from "./caller.ts";
import { type Console, findSession } from "./sessions.ts";

/** Where people log in, and where the console is. */
export const consoleAt = (): Console => {
  const { issuer, consoleClient } = readEnv("issuer", "consoleClient");
  return { issuer, clientId: consoleClient, publicUrl: publicUrl() };
};

/** Who may call: keys, and people by their session of the console. */
export const callers = (): Callers => ({ findKey: apiKeys(), findPerson: findSession(consoleAt()) });

/** The same, where calls are audited. */
export const auditedCallers = (): Callers => ({
  ...callers(),
  audit: { log: auditLog(), clock: systemClock, ids: systemIds },
});
