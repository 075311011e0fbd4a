import { SWEEP_SHARDS } from "#adapters/dynamodb/messages/message-item.ts";
import { INDEXES } from "#adapters/dynamodb/requests/indexes.ts";
import { dueKey, SHARD_NAMES, STILL } from "#adapters/dynamodb/runs/run-items.ts";
import type { DueSource } from "./definition.ts";

/** Timers, by the minutes that hold any. */
export const TIMERS: DueSource = { table: "tables/timers", pks: ["minutes"] };

/** Messages that have not ended, by when the sweep looks after them. */
export const UNENDED_MESSAGES: DueSource = {
  table: "tables/history",
  index: INDEXES.historyBySweep,
  pks: Array.from({ length: SWEEP_SHARDS }, (_, shard) => String(shard)),
};

/** Runs of journeys, by when they are due. */
export const WAITING_RUNS: DueSource = {
  table: "tables/runs",
  index: INDEXES.runsByDue,
  pks: SHARD_NAMES.map(dueKey),
};

/** Journeys that are kept still, or were and are let go. */
export const STILL_JOURNEYS: DueSource = { table: "tables/runs", pks: [STILL] };
