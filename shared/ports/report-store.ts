import type { Counting, Mark } from "#domain/report/count.ts";
import type { CountedRow } from "#domain/report/row.ts";

/** What is added of one decision. */
export type ReportChange = Counting & {
  readonly decisionId: string;
  /** Second since the epoch after which nobody asks any more what was counted of it. */
  readonly expires: number;
};

/** Days as `2026-11-30`, both included. */
export type DayRange = { readonly from: string; readonly to: string };

/** Counts by day. */
export type ReportStore = {
  /** What was counted of decisions, in their order. A request for each hundred. */
  readonly marks: (decisionIds: readonly string[]) => Promise<readonly Mark[]>;
  /** All or nothing, `MOST_WRITES` of marks and rows together. False: somebody else wrote first, read again. */
  readonly count: (changes: readonly ReportChange[]) => Promise<boolean>;
  /** A request for each month at least. */
  readonly read: (days: DayRange) => Promise<readonly CountedRow[]>;
};

/** One transaction holds a hundred writes (TransactWriteItems). */
export const MOST_WRITES = 100;
