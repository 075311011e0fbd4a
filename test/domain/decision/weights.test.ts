import { describe, expect, it } from "vitest";
import { decideMessage } from "#domain/decision/decide-message.ts";
import { orderedIn } from "#domain/decision/input/named-order.ts";
import { buildExperiments } from "#domain/playbook/build/build-experiments.ts";
import type { Treatment } from "#domain/playbook/model/document.ts";
import {
  action,
  address,
  consent,
  customer,
  decideFor,
  NOON,
  playbookOf,
} from "../../support/decisions/decision.ts";

const of = (name: string, weight: number, channel = "email"): Treatment => ({ name, channel, weight });
const record = customer({
  addresses: [address("email", "ada@example.com"), address("sms", "+491701234567")],
  consents: [consent("email"), consent("sms")],
});
const shop = (...treatments: readonly Treatment[]) =>
  playbookOf({ actions: [action("cart", { treatments }), action("tea", { value: 1 })] });
const chosen = (...treatments: readonly Treatment[]) =>
  decideFor(shop(...treatments), { record }).decision.actions[0];

describe("treatments of one channel", () => {
  it("are chosen by weight, and the exact probability and the draw are recorded", () => {
    const weighted = shop(of("a", 3), of("never", 0), of("b", 1));
    const drawn = (draw: number) => decideFor(weighted, { random: () => draw }).decision.actions[0];
    expect(drawn(0)).toMatchObject({ treatment: "a", probability: 0.75, draw: 0 });
    expect(drawn(0.7499)).toMatchObject({ treatment: "a" });
    expect(drawn(0.75)).toMatchObject({ treatment: "b", probability: 0.25, draw: 0.75 });
    expect(drawn(0.9999)).toMatchObject({ treatment: "b" });
  });
});

describe("a weight of 0", () => {
  it("keeps a treatment from going out, alone on its channel or beside others of no weight", () => {
    expect(chosen(of("a", 0))?.action).toBe("tea");
    expect(chosen(of("a", 0), of("b", 0))?.action).toBe("tea");
    expect(chosen(of("a", 0), of("text", 1, "sms"))).toMatchObject({ action: "cart", channel: "sms" });
  });

  it("is told as nothing made for the place", () => {
    const { rejected } = decideFor(shop(of("a", 0)), { record }).decision;
    expect(rejected).toMatchObject([{ action: "cart", stage: "channel", cause: { kind: "no-treatment" } }]);
  });

  it("leaves a treatment to the experiment that shows it", () => {
    const variants = { plain: {}, bold: { treatments: { cart: "bold" } } };
    const { document } = shop(of("bold", 0));
    const experiments = buildExperiments({ test: { variants, goals: { "Cart Updated": 1 } } }, "UTC");
    const tried = playbookOf({ actions: document.actions, experiments });
    for (let index = 0; index < 20; index += 1) {
      const { decision } = decideFor(tried, { record: customer({ id: `cus_${index}` }) });
      const expected = decision.experiments?.test === "bold" ? ["bold", 1] : ["tea", 1];
      expect([decision.actions[0]?.treatment, decision.actions[0]?.probability]).toEqual(expected);
    }
  });

  it("leaves a treatment to the application that names it", () => {
    const playbook = shop(of("a", 0));
    const ordered = orderedIn({ category: "marketing", treatment: "a" }, undefined, playbook);
    if (ordered === null) throw new Error("the playbook of the test has the treatment");
    const { decision } = decideMessage({ ...ordered, playbook, record, decisionId: "dec_1", now: NOON });
    expect(decision.actions).toMatchObject([{ action: "cart", treatment: "a", probability: 1 }]);
  });
});
