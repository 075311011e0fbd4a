import { describe, expect, it } from "vitest";
import {
  action,
  customer,
  decideFor,
  iso,
  NOON,
  playbookOf,
  rejectionOf,
} from "../../support/decisions/decision.ts";

describe("eligibility", () => {
  const rule = (text: string, traits = {}) =>
    decideFor(playbookOf({ actions: [action("cart", { eligible: ["true", text] })] }), {
      record: customer({ traits }),
    });

  it("takes an action whose rules all hold", () => {
    expect(rule("customer.age >= 18", { age: 40 }).decision.actions).toHaveLength(1);
  });

  it("refuses on a rule that does not hold, and names the rule", () => {
    const result = rule("customer.age >= 18", { age: 12 });
    expect(rejectionOf(result, "cart")).toEqual({
      action: "cart",
      stage: "eligibility",
      reason: "rule",
      cause: { kind: "condition", number: 2 },
    });
  });

  it.each([
    ["a default", 'customer.plan = "basic"'],
    ["a count of nought", "customer.logins = 0"],
    ["a segment", "customer.newcomer and not(customer.regular)"],
  ])("decides somebody nobody knows as the empty customer: %s", (_, text) => {
    const playbook = playbookOf({
      dataModel: {
        ...playbookOf().document.dataModel,
        traits: [{ name: "plan", type: "string", default: "basic" }],
        computed: [{ name: "logins", kind: "count", event: "Logged In", type: "number" }],
      },
      segments: [
        { name: "newcomer", condition: "customer.logins = 0" },
        { name: "regular", condition: "customer.logins > 9" },
      ],
      actions: [
        action("hero", {
          placements: ["web.hero"],
          eligible: [text],
          treatments: [{ name: "hero", channel: "web", weight: 1 }],
        }),
      ],
    });
    const result = decideFor(playbook, { record: null, placement: "web.hero", mode: "answer" });
    expect(rejectionOf(result, "hero")?.stage).not.toBe("eligibility");
  });

  it("counts what is not known as not eligible", () => {
    expect(rejectionOf(rule("customer.age >= 18"), "cart")?.reason).toBe("rule");
  });

  it("sees event, context, data and the time", () => {
    const eligible = [
      "event.total > 30 and event.properties.total = event.total",
      'context.device = "phone"',
      "data.code = 7",
      'now > date and time("2026-03-01T00:00:00Z")',
      'brand.name = "Fern"',
    ];
    const result = decideFor(playbookOf({ actions: [action("cart", { eligible })] }), {
      event: { name: "Cart Updated", at: iso(NOON), properties: { total: 40 } },
      context: { device: "phone" },
      data: { code: 7 },
    });
    expect(result.decision.rejected).toEqual([]);
  });

  it("offers an action only within its life span", () => {
    const actions = [
      action("early", { activeFrom: NOON + 1 }),
      action("late", { activeTo: NOON }),
      action("open", { activeFrom: NOON, activeTo: NOON + 1 }),
    ];
    const result = decideFor(playbookOf({ actions }));
    expect(result.decision.actions.map((chosen) => chosen.action)).toEqual(["open"]);
    expect(rejectionOf(result, "early")?.cause).toEqual({ kind: "not-yet-active" });
    expect(rejectionOf(result, "late")?.cause).toEqual({ kind: "no-longer-active" });
  });

  it("does not offer what has no computable value", () => {
    const result = decideFor(playbookOf({ actions: [action("cart", { value: "customer.age * 2" })] }));
    expect(rejectionOf(result, "cart")).toMatchObject({ stage: "eligibility", cause: { kind: "no-value" } });
  });

  it("stops a rule that takes too much without stopping the decision", () => {
    const heavy = "count(for a in 1..3000, b in 1..3000 return a) > 0";
    const result = decideFor(
      playbookOf({ actions: [action("heavy", { eligible: [heavy] }), action("light")] }),
    );
    expect(rejectionOf(result, "heavy")?.reason).toBe("rule");
    expect(result.decision.actions[0]?.action).toBe("light");
  });

  it("bounds what all rules take together", () => {
    const heavy = Array.from({ length: 40 }, (_, index) =>
      action(`heavy${index}`, { eligible: [`some a in 1..700, b in 1..700 satisfies a * b + ${index} < 0`] }),
    );
    const last = action("last", { eligible: ["every a in 1..10 satisfies a > 0"] });
    const spent = decideFor(playbookOf({ actions: [...heavy, last] }));
    expect(rejectionOf(spent, "last")?.reason).toBe("rule");
    const affordable = decideFor(playbookOf({ actions: [...heavy.slice(0, 2), last] }));
    expect(affordable.decision.actions[0]?.action).toBe("last");
  });
});
