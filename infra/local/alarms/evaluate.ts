import type { Series } from "./expression.ts";
import type { AlarmSettings } from "./settings.ts";

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";
export type Judgement = { readonly state: AlarmState; readonly reason: string };

const round = (value: number): number => Number(value.toPrecision(4));

/** The state of an alarm by the values of its periods, newest first, and why, in words ("Evaluating an alarm"). */
export function judge(alarm: AlarmSettings, values: Series, before: AlarmState): Judgement {
  const { comparison, threshold, badPeriods, ofPeriods, periodMinutes, missing } = alarm;
  const known = values.filter((value) => value !== null);
  const bad = known.filter((value) => comparison.isBad(value, threshold));
  const absent = missing === "breaching" ? ofPeriods - known.length : 0;
  const periods = periodMinutes === 1 ? "minutes" : `periods of ${periodMinutes} minutes`;
  const newest = known[0] === undefined ? "" : ` (the newest: ${round(known[0])})`;
  const reason = `${bad.length + absent} of the last ${ofPeriods} ${periods} ${comparison.words} ${threshold}${newest}`;
  if (bad.length + absent >= badPeriods) return { state: "ALARM", reason };
  if (known.length > 0 || missing === "notBreaching") return { state: "OK", reason };
  return { state: missing === "ignore" ? before : "INSUFFICIENT_DATA", reason: "nothing was recorded" };
}
