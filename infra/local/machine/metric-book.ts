import { isList, type JsonObject } from "#kernel/json.ts";
import { listAt, numberAt, objectAt, objectsAt, parseObject, stringsAt, textAt } from "../aws/json.ts";

/** Sums of the metrics that functions write in their logs (CloudWatch embedded metric format). */
export type MetricBook = {
  /** @returns whether the line was a metric */
  readonly read: (line: string) => boolean;
  readonly list: () => readonly Metric[];
  readonly reset: () => void;
};
export type Metric = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: { readonly [name: string]: string };
  readonly sum: number;
  readonly samples: number;
};

type OnValue = (metric: Pick<Metric, "namespace" | "name" | "dimensions">, value: number) => void;

/** @param onValue called with each value that a function wrote */
export function createMetricBook(onValue: OnValue): MetricBook {
  const metrics = new Map<string, { metric: Metric; sum: number; samples: number }>();
  const add = (metric: Metric, values: readonly number[]): void => {
    const key = JSON.stringify([metric.namespace, metric.name, metric.dimensions]);
    const known = metrics.get(key) ?? { metric, sum: 0, samples: 0 };
    known.sum += values.reduce((sum, value) => sum + value, 0);
    known.samples += values.length;
    metrics.set(key, known);
    for (const value of values) onValue(metric, value);
  };
  return {
    read: (line) => {
      if (!line.includes('"_aws"')) return false;
      const record = parseObject(line);
      if (record === null) return false;
      for (const directive of objectsAt(objectAt(record, "_aws"), "CloudWatchMetrics")) {
        for (const one of objectsAt(directive, "Metrics"))
          addMetric(record, directive, textAt(one, "Name") ?? "", add);
      }
      return true;
    },
    list: () => [...metrics.values()].map(({ metric, sum, samples }) => ({ ...metric, sum, samples })),
    reset: () => metrics.clear(),
  };
}

type Add = (metric: Metric, values: readonly number[]) => void;

function addMetric(record: JsonObject, directive: JsonObject, name: string, add: Add): void {
  const value = record[name];
  const values = isList(value) ? value.map(Number) : [numberAt(record, name) ?? 0];
  for (const set of listAt(directive, "Dimensions")) {
    const names = isList(set) ? stringsAt({ set }, "set") : [];
    const dimensions = Object.fromEntries(
      names.map((dimension) => [dimension, textAt(record, dimension) ?? ""]),
    );
    add({ namespace: textAt(directive, "Namespace") ?? "", name, dimensions, sum: 0, samples: 0 }, values);
  }
}
