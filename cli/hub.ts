import { type Call, RapportProblem, serverClient } from "#client/index.ts";
import type { Terminal } from "./terminal.ts";

/** Where the hub is and the key to call it with, as the command line names them. */
export type HubOptions = { readonly url?: string; readonly key?: string };

const LOCAL_URL = "http://127.0.0.1:4000";
const LOCAL_KEY = "local-secret-key";
/** A large playbook is compiled while somebody looks on: they may wait, or stop it. */
const PATIENCE_MS = 300_000;

/** Whether an address is on this machine. */
export const isLoopback = (url: string): boolean =>
  /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(url);

/** The hub's address, from the options, else from the environment, else that of the local cloud. */
export const hubUrl = (options: HubOptions, { environment }: Terminal): string =>
  (options.url ?? environment.RAPPORT_URL ?? LOCAL_URL).replace(/\/+$/, "");

/** What somebody at a terminal is told when nothing answers at an address. */
export const unreachable = (url: string, cause: unknown): Error => {
  const hint = isLoopback(url) ? " Is it running? `npm start` starts it." : "";
  return new Error(`nothing answers at ${url}.${hint}`, { cause });
};

/**
 * A function that calls the hub's API, with address and key from the options, else from the environment. Throws when there
 * is no key; rejects with the hub's own words when it refuses a call, and when nothing answers.
 */
export const hubClient = (options: HubOptions, terminal: Terminal): Call => {
  const url = hubUrl(options, terminal);
  const key = options.key ?? terminal.environment.RAPPORT_KEY ?? (isLoopback(url) ? LOCAL_KEY : undefined);
  if (key === undefined) throw new Error(`a key is needed for ${url}: --key or RAPPORT_KEY`);
  // Somebody looks on, and tries again by themselves.
  const { call } = serverClient({ url, secretKey: key, tries: 1, timeout: PATIENCE_MS });
  return (route, ...input) =>
    call(route, ...input).catch((problem: unknown) => {
      throw problem instanceof RapportProblem && problem.code === "unreachable"
        ? unreachable(url, problem)
        : problem;
    });
};
