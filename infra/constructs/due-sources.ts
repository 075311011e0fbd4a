import { SWEEP_SHARDS } from "#adapters/dynamodb/messages/message-item.ts";
import { INDEXES } from "#adapters/dynamodb/requests/indexes.ts";
import { dueKey, EDITS, RESUMING, SHARD_NAMES } from "#adapters/dynamodb/runs/run-items.ts";
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

/** Journeys that were kept still and are let go, and versions that not all runs have looked at. */
export const STEERED_JOURNEYS: DueSource = { table: "tables/runs", pks: [RESUMING, EDITS] };
