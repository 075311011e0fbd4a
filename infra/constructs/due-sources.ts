import { SWEEP_SHARDS } from "#adapters/dynamodb/messages/message-item.ts";
import { INDEXES } from "#adapters/dynamodb/requests/indexes.ts";
import type { DueSource } from "./definition.ts";

/** Timers, by the minutes that hold any. */
export const TIMERS: DueSource = { table: "tables/timers", pks: ["minutes"] };

/** Messages that have not ended, by when the sweep looks after them. */
export const UNENDED_MESSAGES: DueSource = {
  table: "tables/history",
  index: INDEXES.historyBySweep,
  pks: Array.from({ length: SWEEP_SHARDS }, (_, shard) => String(shard)),
};
