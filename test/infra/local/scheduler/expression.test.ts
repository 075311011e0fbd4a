import { describe, expect, it } from "vitest";
import { parseDuration } from "#infra/local/machine/clock.ts";
import { compileSchedule } from "#infra/local/scheduler/expression.ts";

const next = (expression: string, after: string): string | null => {
  const at = compileSchedule(expression, undefined)(Date.parse(after));
  return at === null ? null : new Date(at).toISOString();
};

describe("a schedule", () => {
  it.each([
    ["rate(1 minute)", "2027-01-01T00:00:00Z", "2027-01-01T00:01:00.000Z"],
    ["rate(5 minutes)", "2027-01-01T00:01:30Z", "2027-01-01T00:05:00.000Z"],
    ["rate(1 day)", "2027-01-01T12:00:00Z", "2027-01-02T00:00:00.000Z"],
    ["cron(0 9 * * ? *)", "2027-01-01T09:00:00Z", "2027-01-02T09:00:00.000Z"],
    ["cron(0/15 8-10 ? * MON-FRI *)", "2027-01-01T10:50:00Z", "2027-01-04T08:00:00.000Z"],
    ["cron(30 23 31 12 ? 2028)", "2027-01-01T00:00:00Z", "2028-12-31T23:30:00.000Z"],
    ["at(2027-06-01T08:00:00)", "2027-01-01T00:00:00Z", "2027-06-01T08:00:00.000Z"],
  ])("%s after %s runs at %s", (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it("that is over never runs again", () => {
    expect(next("at(2026-06-01T08:00:00)", "2027-01-01T00:00:00Z")).toBeNull();
    expect(next("cron(0 0 1 1 ? 2026)", "2027-01-01T00:00:00Z")).toBeNull();
  });

  it.each([
    "rate(0 minutes)",
    "rate(1 fortnight)",
    "cron(0 9 * *)",
    "cron(0 9 L * ? *)",
    "every minute",
    "at(soon)",
  ])("%s is refused by name", (expression) => {
    expect(() => compileSchedule(expression, undefined)).toThrow(expression);
  });

  it("in another time zone is refused", () => {
    expect(() => compileSchedule("rate(1 day)", "Europe/Berlin")).toThrow("Europe/Berlin");
  });
});

describe("a duration", () => {
  it.each([
    ["P3D", 3 * 86_400_000],
    ["PT1H30M", 5_400_000],
    ["P1W", 604_800_000],
    ["PT0.5S", 500],
    ["PT0S", 0],
  ])("%s has its milliseconds", (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each(["P", "PT", "P1M", "P1Y", "3 days", "-P1D", ""])("%j is none", (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});
