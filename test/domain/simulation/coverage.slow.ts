import { describe, expect, it } from "vitest";
import { coverageOf, ESTIMATORS, hasEnoughEvidence, SERIES } from "#lab/estimators/coverage.ts";
import { WORLDS, worldNamed } from "#lab/estimators/worlds.ts";
import { seeded } from "#lab/seeded.ts";

/** Too thin for any interval. */
const THIN = "4 purchases";
/** Rewards with a tail so long that seeds 1 to 100 are among the one series in ten that falls below 93. */
const LONG_TAIL = "purchases";
const OTHERS = WORLDS.map(({ name }) => name).filter((name) => name !== THIN && name !== LONG_TAIL);

describe("intervals around the value of a policy that was not in force", () => {
  it.each(OTHERS)("hold a known truth with seeds 1 to 100 at least 93 times: %s", (name) => {
    const coverage = coverageOf(worldNamed(name), SERIES, seeded);
    expect(hasEnoughEvidence(coverage)).toBe(true);
    for (const estimator of ESTIMATORS) expect(coverage[estimator].covered).toBeGreaterThanOrEqual(93);
  });

  it("hold it in at least 93 % of 400 runs where rewards have a long tail", () => {
    const coverage = coverageOf(worldNamed(LONG_TAIL), 4 * SERIES, seeded);
    expect(hasEnoughEvidence(coverage)).toBe(true);
    for (const estimator of ESTIMATORS) expect(coverage[estimator].covered).toBeGreaterThanOrEqual(4 * 93);
  });
});
