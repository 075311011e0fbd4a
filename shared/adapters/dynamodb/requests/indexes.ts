/** Global secondary indexes, by table. */
export const INDEXES = {
  /** history: `customerId` (partition) and `at` (sort, ISO-8601 UTC + `#` + id): the timeline, newest first on reverse. */
  historyByCustomer: "byCustomer",
  /**
   * history: `sweepShard` (partition) and `sweepAt` (sort, ISO-8601 UTC), keys only: messages that have not ended, by when
   * the sweep looks after them. Whoever ends a message takes `sweepAt` off, and with it the entry.
   */
  historyBySweep: "bySweep",
  /** keys: `kind` (partition) and `pk` (sort): all there are, the revoked among them. */
  keysByKind: "byKind",
  /** conversations: `queue` (partition: state and shard) and `place` (sort: since when it waits + `#` + id). */
  conversationsByQueue: "byQueue",
  /** conversations: `queue` and `due` (sort: by when it is to be answered + `#` + id). */
  conversationsByDue: "byDue",
  /** conversations: `holder` (partition: state and assignee) and `place`. */
  conversationsByAssignee: "byAssignee",
  /** conversations: `customerId` (partition) and `opened` (sort: when it began + `#` + id). */
  conversationsByCustomer: "byCustomer",
  /** runs: `stepKey` (partition: journey, step and shard) and `since`, keys only: who is inside, by where. */
  runsByStep: "byStep",
  /** runs: `dueKey` (partition: a shard, or the journey of runs that are kept still) and `due`, keys only. */
  runsByDue: "byDue",
  /** jobs: `kind` (partition) and `created` (sort: when it was asked for + `#` + id). */
  jobsByKind: "byKind",
} as const;
