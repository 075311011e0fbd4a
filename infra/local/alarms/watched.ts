import { type Gauge, gaugeOf, type KnownSources } from "./gauges.ts";
import { createRecordedMetric, type RecordedMetric } from "./recorded.ts";
import type { AlarmSettings, MetricId } from "./settings.ts";

/** A metric that alarms look at. */
export type Watched = {
  readonly metric: MetricId;
  readonly recorded: RecordedMetric;
  readonly gauge: Gauge;
  /** What the latest value was split by, in the words of whoever counted it. */
  parts: string;
};

/** All metrics that alarms look at, each once. */
export type WatchedMetrics = {
  readonly all: readonly Watched[];
  readonly of: (metric: MetricId) => Watched | undefined;
  /** Takes a value told at a minute. @returns whether an alarm looks at it */
  readonly record: (metric: MetricId, minute: number, value: number) => boolean;
};

/** So many minutes an alarm looks back. */
export const windowOf = ({ periodMinutes, ofPeriods }: AlarmSettings): number => periodMinutes * ofPeriods;

/** @throws Error naming a metric of AWS that nothing here tells */
export function watchMetrics(alarms: readonly AlarmSettings[], known: KnownSources): WatchedMetrics {
  const horizons = new Map<string, { readonly metric: MetricId; readonly minutes: number }>();
  for (const alarm of alarms) {
    for (const { metric } of alarm.metrics.values()) {
      const minutes = Math.max(windowOf(alarm), horizons.get(keyOf(metric))?.minutes ?? 0);
      horizons.set(keyOf(metric), { metric, minutes });
    }
  }
  const watched = new Map(
    [...horizons].map(([key, { metric, minutes }]): [string, Watched] => [
      key,
      { metric, recorded: createRecordedMetric(minutes), gauge: gaugeOf(metric, known), parts: "" },
    ]),
  );
  const byName = Map.groupBy(watched.values(), ({ metric }) => nameOf(metric));
  return {
    all: [...watched.values()],
    of: (metric) => watched.get(keyOf(metric)),
    record: (metric, minute, value) => {
      const looking = (byName.get(nameOf(metric)) ?? []).filter((one) => isPartOf(one.metric, metric));
      for (const one of looking) {
        const parts = partsBeside(one.metric, metric);
        if (parts === "") one.recorded.add(minute, value);
        else one.parts = parts;
      }
      return looking.length > 0;
    },
  };
}

const nameOf = ({ namespace, name }: MetricId): string => `${namespace}|${name}`;

/** Alarms name a function's alias too; here there is one of each. */
const dimensionsOf = ({ namespace, dimensions }: MetricId): readonly (readonly [string, string])[] =>
  Object.entries(dimensions).filter(([name]) => namespace !== "AWS/Lambda" || name === "FunctionName");

const keyOf = (metric: MetricId): string =>
  [
    nameOf(metric),
    ...dimensionsOf(metric)
      .map(([name, value]) => `${name}=${value}`)
      .sort(),
  ].join("|");

const isPartOf = (whole: MetricId, part: MetricId): boolean =>
  dimensionsOf(whole).every(([name, value]) => part.dimensions[name] === value);

const partsBeside = (whole: MetricId, part: MetricId): string =>
  dimensionsOf(part)
    .filter(([name]) => !(name in whole.dimensions))
    .map(([, value]) => value)
    .join(", ");
