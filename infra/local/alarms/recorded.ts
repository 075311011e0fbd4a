import { MINUTE_MS } from "#kernel/time.ts";
import type { Series } from "./expression.ts";
import type { Measured } from "./settings.ts";

/** The whole minute of a time in milliseconds. */
export const minuteOf = (now: number): number => Math.floor(now / MINUTE_MS);
export const timeOf = (minute: number): number => minute * MINUTE_MS;

type Bucket = { readonly sum: number; readonly max: number };

/** One metric that an alarm looks at, by the minute, for as long as the alarm looks back. */
export type RecordedMetric = {
  readonly add: (minute: number, value: number) => void;
  /** For what is looked up rather than told: the value at the end of a minute, and since the last look. */
  readonly sample: (minute: number, value: number) => void;
  readonly last: () => number;
  /** The last periods that end before the minute `end`, newest first. */
  readonly series: (
    measured: Pick<Measured, "statistic" | "periodMinutes">,
    end: number,
    periods: number,
  ) => Series;
  readonly isEmpty: (end: number, minutes: number) => boolean;
};

/** @param horizon minutes that are kept */
export function createRecordedMetric(horizon: number): RecordedMetric {
  const buckets = new Map<number, Bucket>();
  let sampled: { readonly minute: number; readonly value: number } | null = null;
  const forget = (end: number): void => {
    if (buckets.size <= horizon) return;
    for (const minute of buckets.keys()) if (minute < end - horizon) buckets.delete(minute);
  };
  return {
    add: (minute, value) => {
      const bucket = buckets.get(minute);
      buckets.set(minute, { sum: (bucket?.sum ?? 0) + value, max: Math.max(bucket?.max ?? value, value) });
      forget(minute);
    },
    sample: (minute, value) => {
      const since = Math.max(sampled === null ? minute : sampled.minute + 1, minute - horizon);
      const before = sampled?.value ?? 0;
      for (let gone = since; gone < minute; gone += 1) buckets.set(gone, { sum: before, max: before });
      buckets.set(minute, { sum: value, max: value });
      sampled = { minute, value };
      forget(minute);
    },
    last: () => sampled?.value ?? 0,
    series: ({ statistic, periodMinutes }, end, periods) => {
      const values: (number | null)[] = Array.from({ length: periods }, () => null);
      for (const [minute, { sum, max }] of buckets) {
        const index = Math.floor((end - 1 - minute) / periodMinutes);
        if (index < 0 || index >= periods) continue;
        const value = values[index] ?? null;
        values[index] = statistic === "Sum" ? (value ?? 0) + sum : Math.max(value ?? max, max);
      }
      return values;
    },
    isEmpty: (end, minutes) => ![...buckets.keys()].some((minute) => minute >= end - minutes),
  };
}
