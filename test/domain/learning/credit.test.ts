import { describe, expect, it } from "vitest";
import { type Choice, learnFrom, NOTHING_COUNTED } from "#domain/learning/credit.ts";

const AT = Date.parse("2026-03-11T11:00:00Z");
const choice: Choice = {
  learning: {
    model: "m",
    learner: "counters",
    predictors: [],
    segmentBy: 0,
    outcomes: { clicked: 0.2 },
    conversions: { "Order Completed": 1 },
    windowMs: 86_400_000,
    halfLifeDays: 30,
    impressions: "reported",
    exploration: { method: "none", floor: 0, greed: 1, optimism: 0 },
  },
  arm: { action: "tea", group: "drinks", channel: "email" },
  features: {},
  expected: 0.1,
  at: AT,
};
const reported = (outcome: string, after = 1000) => ({ outcome, at: AT + after });

describe("what an outcome adds to what was counted of a choice", () => {
  it("is a trial and its reward, the first time", () => {
    expect(learnFrom(choice, NOTHING_COUNTED, reported("clicked"))).toMatchObject({
      observation: { arm: choice.arm, expected: 0.1, trials: 1, reward: 0.2, before: 0 },
      counted: { version: 1, seen: true, outcomes: { clicked: 0.2 } },
    });
  });

  it("is judged by what two learners had expected, where both were asked", () => {
    const foreseen = { counters: 0.2, linear: 0.3 };
    const learnt = learnFrom({ ...choice, foreseen }, NOTHING_COUNTED, reported("clicked"));
    expect(learnt?.observation?.foreseen).toEqual(foreseen);
  });

  it("is only what it is worth beyond the outcome that was worth most so far", () => {
    const { counted } = learnFrom(choice, NOTHING_COUNTED, reported("clicked")) ?? {
      counted: NOTHING_COUNTED,
    };

    expect(learnFrom(choice, counted, reported("Order Completed"))).toMatchObject({
      observation: { trials: 0, reward: 0.8, before: 0.2 },
      counted: { version: 2 },
    });
    expect(learnFrom(choice, counted, reported("clicked"))).toBeNull();
  });

  it("waits for a conversion until the choice was seen", () => {
    expect(learnFrom(choice, NOTHING_COUNTED, reported("Order Completed"))).toMatchObject({
      observation: null,
      counted: { version: 1, seen: false, outcomes: { "Order Completed": 1 } },
    });
  });

  it("is nothing where it came too late or is worth nothing", () => {
    expect(learnFrom(choice, NOTHING_COUNTED, reported("clicked", 86_400_001))).toBeNull();
    expect(learnFrom(choice, NOTHING_COUNTED, reported("clicked", 86_400_000))).not.toBeNull();
    expect(learnFrom(choice, NOTHING_COUNTED, reported("bounced"))).toBeNull();
  });
});
