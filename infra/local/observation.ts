import { type Alarm, type Alarms, createAlarms } from "./alarms/alarms.ts";
import { createLogBook, type LogBook } from "./machine/log-book.ts";
import { createMetricBook, type MetricBook } from "./machine/metric-book.ts";
import type { Foundation, Messaging } from "./messaging.ts";

/** What operators see of the hub: lines, metrics, alarms. */
export type Observation = { readonly logs: LogBook; readonly metrics: MetricBook; readonly alarms: Alarms };

export type Observers = {
  /** Called with every line a function logs. */
  readonly onLog?: (label: string, line: string) => void;
  /** Called when an alarm goes off, or is over. */
  readonly onAlarm?: (alarm: Alarm) => void;
};

/** Reads what functions write: metrics and alarms are made of their lines. */
export function createObservation(
  { deployment, agenda, clock }: Foundation,
  { queues }: Messaging,
  { onLog, onAlarm }: Observers,
): Observation {
  const alarms = createAlarms({ deployment, queues, agenda, clock, onChange: (alarm) => onAlarm?.(alarm) });
  const metrics = createMetricBook(alarms.record);
  const logs = createLogBook(clock.now, (label, line) => {
    if (!metrics.read(line)) alarms.logged(label, line);
    onLog?.(label, line);
  });
  return { logs, metrics, alarms };
}
