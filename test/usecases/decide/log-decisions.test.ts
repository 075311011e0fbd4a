import { describe, expect, it } from "vitest";
import { RapportError } from "#kernel/errors.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import { countUnknown } from "#usecases/decide/log-decisions.ts";

const countedFor = (error: unknown): readonly unknown[] => {
  const counted: unknown[] = [];
  const telemetry = { count: (...call: unknown[]) => counted.push(call) } as unknown as Telemetry;
  expect(() => countUnknown(telemetry, error)).toThrow(error as Error);
  return counted;
};

describe("a decision that nobody comes again to log", () => {
  it.each([
    ["the table did not answer", new RapportError("unavailable", "no answer", { retryAfter: 1 })],
    ["nobody foresaw what happened", new Error("socket hang up")],
  ])("is counted as missing in the log where %s, for it may stand", (_, error) => {
    expect(countedFor(error)).toEqual([[METRICS.decisionsUnlogged, 1]]);
  });

  it("is not counted where it surely was not written", () => {
    expect(countedFor(new RapportError("conflict", "too many at once", { retryAfter: 1 }))).toEqual([]);
  });
});
