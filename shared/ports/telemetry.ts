import type { MetricName } from "./metric-names.ts";

/**
 * Fields a log line may carry: ids, names of ours, counts. Nothing a customer typed or an address:
 * the type is the first guard, the leak test (test/flows) the second.
 */
export type LogFields = {
  readonly customerId?: string;
  readonly eventId?: string;
  readonly decisionId?: string;
  readonly messageId?: string;
  readonly recordId?: string;
  readonly trigger?: string;
  readonly channel?: string;
  readonly playbook?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly route?: string;
  readonly count?: number;
  readonly attempt?: number;
};

export type Log = {
  readonly info: (message: string, fields?: LogFields) => void;
  readonly warn: (message: string, fields?: LogFields) => void;
  /** Names `error` and where in our code it rose. Its message is left out: it may quote input. */
  readonly error: (message: string, error: unknown, fields?: LogFields) => void;
};

/** Names of ours by which a metric is split: few values each, for every combination is a metric of its own. */
export type Dimensions = Readonly<Record<string, string>>;

/** What operators see of the work. */
export type Telemetry = {
  readonly log: Log;
  /** Adds to a counter, of the whole function and of the reason, or whatever else it is split by. */
  readonly count: (name: MetricName, by?: number, split?: string | Dimensions) => void;
};
