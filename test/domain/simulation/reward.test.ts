import { describe, expect, it } from "vitest";
import type { HistoryItem } from "#domain/records/effects.ts";
import { rewardFrom } from "#domain/simulation/reward.ts";

const DAY = 86_400_000;
const fact = (kind: HistoryItem["kind"], body: HistoryItem["body"]): HistoryItem => ({
  kind,
  id: "one",
  at: "2026-03-11T11:00:00.000Z",
  customerId: "cus_1",
  body,
});
const worth = (outcome: string) => ({ outcome, withinMs: 7 * DAY, value: true });

describe("what a fact is worth to a goal", () => {
  it("is an outcome's value and an event's revenue, whatever else they bring along", () => {
    const both = { value: 1, revenue: 50 };
    const told = { name: "Outcome", outcome: "converted", properties: { ...both, decisionId: "dec_1" } };
    expect(rewardFrom(fact("outcome", told), "dec_1", worth("converted"))).toBe(1);
    const order = { name: "Order Completed", properties: both };
    expect(rewardFrom(fact("event", order), "dec_1", worth("Order Completed"))).toBe(50);
  });

  it("is nothing for an event without revenue", () => {
    const order = { name: "Order Completed", properties: { value: 1 } };
    expect(rewardFrom(fact("event", order), "dec_1", worth("Order Completed"))).toBe(0);
  });
});
