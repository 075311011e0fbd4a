import { describe, expect, it } from "vitest";
import { judge } from "#infra/local/alarms/evaluate.ts";
import { compileExpression } from "#infra/local/alarms/expression.ts";
import type { AlarmSettings } from "#infra/local/alarms/settings.ts";

const ALARM: AlarmSettings = {
  name: "late",
  description: "Late.",
  metrics: new Map(),
  expression: compileExpression("age"),
  periodMinutes: 1,
  comparison: { words: "at least", isBad: (value, threshold) => value >= threshold },
  threshold: 60,
  badPeriods: 2,
  ofPeriods: 3,
  missing: "notBreaching",
};

describe("an alarm", () => {
  it("goes off when so many of the last periods are bad, and says so", () => {
    expect(judge(ALARM, [61, 0, 60], "OK")).toEqual({
      state: "ALARM",
      reason: "2 of the last 3 minutes at least 60 (the newest: 61)",
    });
    expect(judge(ALARM, [61, 0, 59], "ALARM").state).toBe("OK");
  });

  it.each([
    ["notBreaching", "OK"],
    ["breaching", "ALARM"],
    ["missing", "INSUFFICIENT_DATA"],
    ["ignore", "ALARM"],
  ] as const)("without data is what its template says: %s", (missing, state) => {
    expect(judge({ ...ALARM, missing }, [null, null, null], "ALARM").state).toBe(state);
  });
});
