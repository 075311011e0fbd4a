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
  /** The sender of its messages, in place of the channel's. */
  readonly from?: string;
  /** Units a second that its sender may send. Absent: what its provider says. */
  readonly perSecond?: number;
  /** Units that its sender may send in a day of UTC. Absent: what its provider takes. */
  readonly perDay?: number;
  /** Its share among those of its rank. Absent: it has a rank of its own. */
  readonly weight?: number;
};
