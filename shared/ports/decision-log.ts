import type { DataKey, SealedRecord } from "#domain/decision-log/sealed-record.ts";
import type { LogRecord } from "#domain/decision-log/types.ts";

/** A record with the key to seal it with. */
export type LogEntry = { readonly record: LogRecord; readonly key: DataKey };

/** Where decisions are kept for good. */
export type DecisionLog = {
  /** At least once; what was refused is tried again, then `unavailable` is thrown. Order is not kept. */
  readonly write: (entries: readonly LogEntry[]) => Promise<void>;
};

/** A file of the log. */
export type LogFile = { readonly name: string; readonly size: number };

/** Reads the log in bounded steps. */
export type DecisionLogFiles = {
  /** Files that may hold decisions of a time, by name; `after`: only those with a greater name. At most 1,000. */
  readonly list: (range: {
    readonly from: string;
    readonly to: string;
    readonly after?: string;
  }) => Promise<readonly LogFile[]>;
  /** `length` bytes from `offset` on, fewer at the end of the file. */
  readonly read: (name: string, offset: number, length: number) => Promise<Uint8Array>;
};

/** Keys that records were sealed with. */
export type DataKeys = {
  /** By customer, or by decision for anonymous ones; an erased key is missing. Split in batches of 100. */
  readonly keysOf: (
    records: readonly Pick<SealedRecord, "customerId" | "decisionId">[],
  ) => Promise<ReadonlyMap<string, DataKey>>;
};

/** Under what `keysOf` answers the key of a record. */
export const keyName = ({
  customerId,
  decisionId,
}: Pick<SealedRecord, "customerId" | "decisionId">): string => customerId ?? decisionId;
