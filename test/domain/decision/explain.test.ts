import { describe, expect, it } from "vitest";
import { action, customer, HOUR, NOON } from "../../support/decisions/decision.ts";
import { told } from "../../support/decisions/explanations.ts";

describe("a decision, in words to read out", () => {
  it("names what was chosen as people call it, its channel and its moment by the customer's clocks", () => {
    const quiet = [{ from: "21:00", to: "08:00", channels: [], categories: [] }];
    const night = { now: Date.parse("2026-03-11T02:00:00Z") };
    const there = { ...night, record: customer({ traits: { timezone: "Asia/Tokyo" } }) };
    expect(told({}, night, { policy: { quietHours: quiet } }).explanation).toBe(
      '"The cart is still there" was chosen by e-mail on Wednesday 11 March at 08:00, Berlin time: it was the only one to consider.',
    );
    expect(told({}, there, { policy: { quietHours: quiet } }).explanation).toBe(
      '"The cart is still there" was chosen by e-mail: it was the only one to consider.',
    );
    const far = { now: NOON + 2 * HOUR, record: customer({ traits: { timezone: "Asia/Tokyo" } }) };
    const { decision, explanation } = told({}, far, { policy: { quietHours: quiet } });
    expect(decision.timeZone).toBe("Asia/Tokyo");
    expect(explanation).toContain("on Thursday 12 March at 08:00, Tokyo time");
    expect(decision.actions[0]?.reasons).toContain(
      "held until Thursday 12 March at 08:00, Tokyo time: quiet hours end (Asia/Tokyo)",
    );
  });

  it("calls what is owed that, and never claims that it is worth most", () => {
    const bill = action("bill", { category: "transactional", value: 0.1 });
    expect(told({ value: 99 }, {}, { actions: [bill] }).explanation).toBe(
      '"bill" was chosen by e-mail: it is what the customer is waiting for, and comes first.',
    );
  });

  it("tells a draw among wordings from one among offers", () => {
    const treatments = ["a", "b"].map((name) => ({ name, channel: "email", weight: 1 }));
    expect(told({ treatments }).explanation).toContain("Which wording it has was drawn (50 in 100).");
  });

  it("takes nothing for close that the customer did not qualify for", () => {
    const ineligible = ["alpha", "beta"].map((name) =>
      action(name, { eligible: ["false"], placements: ["trigger.cart"] }),
    );
    expect(told({ eligible: ["false"] }, {}, { actions: ineligible }).explanation).toBe(
      "Nothing is offered: none of the 3 offers for this place is open to the customer now.",
    );
    expect(told({}, { record: customer({ consents: [] }) }, { actions: ineligible }).explanation).toBe(
      'Nothing is offered. What came closest was "The cart is still there". The customer has not agreed to get this by e-mail.',
    );
    expect(told({ eligible: ["false"], because: ["It is over for today."] }).explanation).toBe(
      'Nothing is offered. There was only "The cart is still there". It is over for today.',
    );
  });

  it("speaks of the customer as somebody else, whatever is told", () => {
    const all = [told({}), told({}, { record: customer({ consents: [] }) }), told({ value: -1 })];
    for (const { explanation } of all) expect(explanation).not.toMatch(/\b[Yy]ou/);
  });
});
