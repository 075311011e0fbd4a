import { describe, expect, it } from "vitest";
import { estimateValue } from "#lab/hillstrom/estimate.ts";
import { always, learnt, random } from "#lab/hillstrom/policies.ts";
import { type Customer, MAILS } from "#lab/hillstrom/trial.ts";
import { seeded } from "#lab/seeded.ts";

/** A trial whose truth is known: women who bought women's wear visit more by that mail, all others by the men's. */
const trial = (count: number): readonly Customer[] => {
  const next = seeded(77);
  return Array.from({ length: count }, () => {
    const womens = next() < 0.5 ? "1" : "0";
    const mail = MAILS[Math.floor(next() * 3)] ?? "none";
    const suits = mail === (womens === "1" ? "womens" : "mens");
    const visit = Number(next() < (mail === "none" ? 0.05 : suits ? 0.4 : 0.1));
    const features = {
      womens,
      mens: "0",
      newbie: "0",
      recency: 3,
      history: 100,
      zip_code: "Urban",
      channel: "Web",
    };
    return { features, mail, visit, spend: 0 };
  });
};
const visit = (customer: Customer): number => customer.visit;

describe("valuing policies on a randomised trial", () => {
  it("recovers what each policy is worth", () => {
    const customers = trial(20_000);
    for (const [policy, truth] of [
      [always("mens"), 0.25],
      [always("none"), 0.05],
      [random, 0.55 / 3],
    ] as const) {
      const { value, error } = estimateValue(customers, visit, policy);
      expect(Math.abs(value - truth)).toBeLessThan(4 * error);
    }
  });

  it("finds the policy that suits each customer, from half of the trial", () => {
    const customers = trial(20_000);
    const settings = { learner: "linear", halfLifeDays: 0, segmentBy: 2 } as const;
    const policy = learnt(customers.slice(0, 10_000), visit, settings, 1);
    const gain = estimateValue(customers.slice(10_000), visit, policy, always("mens"));
    expect(gain.value - 2 * gain.error).toBeGreaterThan(0.1);
  });
});
