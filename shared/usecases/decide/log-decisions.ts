import { toRecoveredRecord } from "#domain/decision-log/record.ts";
import type { Decision } from "#domain/records/decision.ts";
import { RapportError } from "#kernel/errors.ts";
import { type DataKeys, type DecisionLog, keyName, type LogEntry } from "#ports/decision-log.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Telemetry } from "#ports/telemetry.ts";

export type LoggingDependencies = { readonly log: DecisionLog; readonly telemetry: Telemetry };

/**
 * Writes decisions into the log. A log that fails does not fail the decision, which is stored in the table; records that the
 * log misses are counted.
 */
export const logDecisions = (
  { log, telemetry }: LoggingDependencies,
  { entries }: { readonly entries: readonly LogEntry[] },
): Promise<void> => orCount(telemetry, entries.length, () => write(log, entries));

/**
 * Logs a decision of an earlier delivery of the same work, which may have died between its commit and the log. The state it
 * was decided on is lost, so the record is marked as recovered and holds no state. Nothing is logged about an erased
 * customer, whose key is gone.
 */
export const logAgain = (
  { dataKeys, log, telemetry }: LoggingDependencies & { readonly dataKeys: DataKeys },
  decision: Decision,
): Promise<void> =>
  orCount(telemetry, 1, async () => {
    // Not the key of the customer as read: they may be part of another by now, the record is not.
    const key = (await dataKeys.keysOf([decision])).get(keyName(decision));
    if (key !== undefined) await write(log, [{ record: toRecoveredRecord(decision), key }]);
  });

/** Logs what was committed now, or again what an earlier delivery committed. */
export const logCommitted = async (
  deps: LoggingDependencies & { readonly dataKeys: DataKeys },
  committed: {
    readonly repeated: boolean;
    readonly decisions: readonly Decision[];
    readonly entries: readonly LogEntry[];
  },
): Promise<void> => {
  if (!committed.repeated) return logDecisions(deps, committed);
  await Promise.all(committed.decisions.map((decision) => logAgain(deps, decision)));
};

const write = async (log: DecisionLog, entries: readonly LogEntry[]): Promise<void> => {
  if (entries.length > 0) await log.write(entries);
};

const orCount = async (
  { count, log }: Telemetry,
  records: number,
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work();
  } catch (error) {
    log.error("decisions are missing in the log", error, { count: records });
    count(METRICS.decisionsUnlogged, records);
  }
};

/**
 * Counts a decision whose write came to nobody knows what, where nobody comes again who would log it: it may stand, and
 * its message leave. Rethrows.
 */
export const countUnknown = ({ count }: Telemetry, error: unknown): never => {
  if (!(error instanceof RapportError) || error.code === "unavailable") count(METRICS.decisionsUnlogged, 1);
  throw error;
};
