import type { CodeLimit } from "#domain/message/one-time-code.ts";

/** A one-time code as it is kept: never the code. */
export type KeptCode = {
  readonly id: string;
  readonly hash: string;
  /** ISO-8601: from then on it is worth nothing. */
  readonly until: string;
  /** Where its request was counted. */
  readonly limits: readonly CodeLimit[];
};

/** A try at a code. missing: there is none of that id. over: it was used, or its time is over. worn: it has no tries left. */
export type CodeTry =
  | { readonly result: "taken"; readonly code: KeptCode }
  | { readonly result: "missing" }
  | { readonly result: "over" }
  | { readonly result: "worn"; readonly until: string };

/** One-time codes, and how many were asked for. Times are milliseconds since the epoch. */
export type CodeStore = {
  /** Takes a place of each limit, or of none. Milliseconds until there is one where there is none now; null: all are taken. */
  readonly takePlaces: (limits: readonly CodeLimit[], now: number) => Promise<number | null>;
  /** What was taken counts no more. */
  readonly giveBack: (limits: readonly CodeLimit[]) => Promise<void>;
  readonly keep: (code: KeptCode) => Promise<void>;
  /** Counts a try before anybody compares: however many come at once, so many are made and no more. */
  readonly takeTry: (id: string, now: number) => Promise<CodeTry>;
  /** Whether it was not used before: true for one of those who say so at once. */
  readonly use: (id: string, now: number) => Promise<boolean>;
};
