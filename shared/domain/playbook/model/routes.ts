/** Where a message goes that brought no report of its delivery within that time. */
export type FallBack = {
  /** The channel that takes over. */
  readonly to: string;
  readonly afterMs: number;
};

/** One way for a channel's messages: a provider, and an account of ours there. */
export type Route = {
  readonly provider: string;
  readonly account: string;
  /** ISO 3166 codes: it carries messages to numbers of these alone. Absent: to all. */
  readonly countries?: readonly string[];
  /** Its share among those of its rank. Absent: it has a rank of its own. */
  readonly weight?: number;
};
