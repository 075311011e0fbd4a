/** Global secondary indexes, by table. */
export const INDEXES = {
  /** history: `customerId` (partition) and `at` (sort, ISO-8601 UTC + `#` + id): the timeline, newest first on reverse. */
  historyByCustomer: "byCustomer",
} as const;
