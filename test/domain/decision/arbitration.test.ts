import { describe, expect, it } from "vitest";
import {
  action,
  customer,
  decideFor,
  HOUR,
  playbookOf,
  rejectionOf,
} from "../../support/decisions/decision.ts";

describe("score and arbitration", () => {
  it("multiplies propensity, blended value, context weight and lever", () => {
    const formulas = {
      value: "customer.age",
      valueToCustomer: 20,
      propensity: "0.1 * 2",
      contextWeight: 'if context.device = "phone" then 2 else 1',
      lever: 3,
    };
    const result = decideFor(playbookOf({ actions: [action("cart", formulas)] }), {
      record: customer({ traits: { age: 40 } }),
      context: { device: "phone" },
    });
    const [chosen] = result.decision.actions;
    expect(chosen).toMatchObject({ propensity: 0.2, value: 30 });
    expect(chosen?.score).toBeCloseTo(0.2 * 30 * 2 * 3);
    expect(chosen?.reasons).toContain("score 36 = propensity 0.2 x value 30 x context 2 x lever 3");
  });

  it.each([
    ["-1", 0],
    ["7", 1],
  ])("keeps a declared propensity of %s within 0 and 1", (propensity, expected) => {
    const result = decideFor(playbookOf({ actions: [action("cart", { propensity })] }), { mode: "answer" });
    const score = result.decision.actions[0]?.propensity ?? 0;
    expect(score).toBe(expected);
  });

  it("takes the best, and tells the others who won", () => {
    const actions = [
      action("low", { value: 1 }),
      action("high", { value: 50 }),
      action("mid", { value: 20 }),
    ];
    const result = decideFor(playbookOf({ actions }));
    expect(result.decision.actions.map((chosen) => chosen.action)).toEqual(["high"]);
    expect(rejectionOf(result, "mid")).toEqual({
      action: "mid",
      stage: "arbitration",
      reason: "outranked",
      cause: { kind: "action", name: "high" },
      factors: { score: 7.5, propensity: 0.5, value: 15, contextWeight: 1, lever: 1 },
    });
  });

  it("gives the best N, ranked from 1", () => {
    const actions = [
      action("low", { value: 1 }),
      action("high", { value: 50 }),
      action("mid", { value: 20 }),
    ];
    const result = decideFor(playbookOf({ actions }), { limit: 2, mode: "answer" });
    expect(result.decision.actions.map(({ action: name, rank }) => [name, rank])).toEqual([
      ["high", 1],
      ["mid", 2],
    ]);
  });

  it("does nothing when nothing is worth the interruption", () => {
    const worthless = { value: 0, valueToCustomer: 0 };
    const actions = [action("cart", worthless), action("annoying", { value: 5, valueToCustomer: -20 })];
    const result = decideFor(playbookOf({ actions }));
    expect(result.decision.actions).toEqual([]);
    expect(rejectionOf(result, "cart")).toMatchObject({
      reason: "outranked",
      cause: { kind: "doing-nothing" },
    });
    expect(rejectionOf(result, "annoying")).toMatchObject({
      reason: "outranked",
      cause: { kind: "doing-nothing" },
    });
  });

  it("sends what is owed whatever it is worth, before anything else", () => {
    const receipt = action("receipt", { category: "transactional", value: 0, valueToCustomer: 0 });
    const result = decideFor(playbookOf({ actions: [action("cart", { value: 99 }), receipt] }));
    expect(result.decision.actions.map((chosen) => chosen.action)).toEqual(["receipt"]);
    expect(rejectionOf(result, "cart")).toMatchObject({
      reason: "outranked",
      cause: { kind: "action", name: "receipt" },
    });
  });

  it("takes one action of a group", () => {
    const actions = [
      action("gold", { group: "upgrade", value: 50 }),
      action("silver", { group: "upgrade", value: 40 }),
      action("news", { value: 5 }),
    ];
    const result = decideFor(playbookOf({ actions }), { limit: 3 });
    expect(result.decision.actions.map((chosen) => chosen.action)).toEqual(["gold", "news"]);
    expect(rejectionOf(result, "silver")).toMatchObject({
      reason: "outranked",
      cause: { kind: "action", name: "gold" },
    });
  });

  it("counts its own choices against a cap", () => {
    const cap = { name: "one a day", max: 1, windowMs: 24 * HOUR, channels: [], categories: [], actions: [] };
    const playbook = playbookOf({
      actions: [action("first", { value: 50 }), action("second")],
      contactPolicy: { caps: [cap] },
    });
    const result = decideFor(playbook, { limit: 2 });
    expect(result.messages).toHaveLength(1);
    expect(rejectionOf(result, "second")).toMatchObject({
      stage: "policy",
      reason: "cap",
      cause: { kind: "cap", name: "one a day" },
    });
  });
});
