import { describe, expect, it } from "vitest";
import { rateOf } from "#console/data/rate.ts";
import { seeded } from "#lab/seeded.ts";

describe("a share with its interval", () => {
  it("is the one of Wilson's formula", () => {
    const { share, low, high } = rateOf(8, 40) ?? { share: 0, low: 0, high: 0 };
    expect(share).toBe(0.2);
    expect(low).toBeCloseTo(0.105, 3);
    expect(high).toBeCloseTo(0.348, 3);
  });

  it("is never certain where few were asked, and stays between none and all", () => {
    expect(rateOf(0, 3)).toMatchObject({ share: 0, low: 0 });
    expect(rateOf(0, 3)?.high).toBeGreaterThan(0.5);
    expect(rateOf(3, 3)).toMatchObject({ share: 1, high: 1 });
    // What was decided yesterday is clicked today: of two there may be five.
    expect(rateOf(5, 2)).toMatchObject({ share: 1, high: 1 });
    expect(rateOf(0, 0)).toBeNull();
  });

  it("holds the truth in about 95 of 100 weeks", () => {
    const random = seeded(7);
    for (const truth of [0.03, 0.3]) {
      let held = 0;
      for (let week = 0; week < 1_000; week += 1) {
        const clicked = Array.from({ length: 200 }, random).filter((drawn) => drawn < truth).length;
        const { low, high } = rateOf(clicked, 200) ?? { low: 1, high: 0 };
        if (low <= truth && truth <= high) held += 1;
      }
      expect(held).toBeGreaterThan(930);
    }
  });
});
