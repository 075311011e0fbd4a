/** What is used up of a day's quota. */
export type QuotaUse = {
  readonly channel: string;
  /** Provider, account and sender: whose quota it is. */
  readonly sender: string;
  /** In UTC: `2026-12-01`. */
  readonly day: string;
};

/** What senders have used up of their days, shared by all processes, and kept when they end. */
export type SendingQuotas = {
  /**
   * Takes units of the day, unless more than `most` would be used up then. One request.
   * @returns whether they were taken
   */
  readonly take: (use: QuotaUse, units: number, most: number) => Promise<boolean>;
};
