import type { HistoryItem } from "#domain/records/effects.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { JsonObject } from "#kernel/json.ts";

export type TimelinePage = { readonly items: readonly JsonObject[]; readonly cursor: string | null };

export type HistoryStore = {
  /** Idempotent: an item's id is its key. Split in batches of 25, unprocessed ones are retried. */
  readonly put: (items: readonly HistoryItem[]) => Promise<void>;
  readonly get: (id: string) => Promise<HistoryItem | null>;
  /** Facts of all given customers (survivor and absorbed) merged by time, newest first, in the contract's timeline shape. */
  readonly timeline: (
    customerIds: readonly CustomerId[],
    page: { readonly limit: number; readonly cursor?: string },
  ) => Promise<TimelinePage>;
};
