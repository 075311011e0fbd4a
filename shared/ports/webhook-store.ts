import type { ReceiverHealth } from "#domain/webhook/health.ts";
import type { WebhookDue } from "#events/webhook-due.ts";

/** What could not be told: kept for two weeks, so that it can be told again. Ids and names only. */
export type DeadLetter = {
  readonly due: WebhookDue;
  /** When it was given up, ISO-8601 UTC. */
  readonly at: string;
  readonly reason: string;
};

/** How the systems outside answer that are told of events, and what could not be told to them. */
export type WebhookStore = {
  /** Of every webhook about which there is something to know, by its name. One request. */
  readonly health: () => Promise<ReadonlyMap<string, ReceiverHealth>>;
  /** Counts a call that was not taken, and gives what is known then. */
  readonly failed: (
    webhook: string,
    failure: { readonly at: string; readonly reason: string },
  ) => Promise<ReceiverHealth>;
  readonly slow: (webhook: string, until: string) => Promise<void>;
  /** False: it was disabled before. */
  readonly disable: (
    webhook: string,
    how: { readonly at: string; readonly reason: string },
  ) => Promise<boolean>;
  /** Forgets what was wrong with it. */
  readonly clear: (webhook: string) => Promise<void>;
  readonly keep: (letter: DeadLetter) => Promise<void>;
  /** The oldest, and whether there are more. */
  readonly dead: (
    webhook: string,
    limit: number,
  ) => Promise<{ readonly letters: readonly DeadLetter[]; readonly isMore: boolean }>;
  readonly drop: (letters: readonly DeadLetter[]) => Promise<void>;
};
