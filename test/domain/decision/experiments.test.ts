import { describe, expect, it } from "vitest";
import { answerOf } from "#domain/decision/explain/answer.ts";
import { buildExperiments } from "#domain/playbook/build/build-experiments.ts";
import type { ExperimentsFile } from "#domain/playbook/schema/experiments-file.ts";
import { action, customer, decideFor, NOON, playbookOf } from "../../support/decisions/decision.ts";

const treatment = (name: string) => ({ name, channel: "email", template: name, weight: 1 });
const ACTIONS = [
  action("tea", { value: 30, treatments: [treatment("short"), treatment("long")] }),
  action("cake", { value: 10 }),
  action("receipt", { category: "transactional", placements: ["trigger.receipt"] }),
];
const playbook = (
  variants: ExperimentsFile[string]["variants"],
  more: Partial<ExperimentsFile[string]> = {},
) =>
  playbookOf({
    actions: ACTIONS,
    experiments: buildExperiments(
      { test: { variants, goals: { "Cart Updated": 1 }, ...more } },
      "Europe/Berlin",
    ),
  });
const ids = Array.from({ length: 400 }, (_, n) => `cus_${n}`);
const decideAll = (known: ReturnType<typeof playbook>) =>
  ids.map((id) => decideFor(known, { record: customer({ id }), decisionId: `dec_${id}` }).decision);

describe("an experiment", () => {
  it("gives each customer one variant, always the same, in the planned shares, and records it", () => {
    const known = playbook({ a: { weight: 3 }, b: {} });
    const first = decideAll(known).map(({ experiments }) => experiments?.test);
    expect(decideAll(known).map(({ experiments }) => experiments?.test)).toEqual(first);
    const share = first.filter((variant) => variant === "a").length / ids.length;
    expect(share).toBeGreaterThan(0.69);
    expect(share).toBeLessThan(0.81);
  });

  it("keeps the variant of whoever was known longest when customers turn out to be one", () => {
    const known = playbook({ a: {}, b: {} });
    const variantFor = (customerId: string, ...absorbed: string[]) => {
      const { state, ...rest } = customer({ id: customerId });
      return decideFor(known, { record: { ...rest, state: { ...state, absorbed } } }).decision.experiments;
    };
    for (const id of ids) {
      expect(variantFor("cus_x", "cus_y", id)).toEqual(variantFor(id));
      expect(variantFor(id, "cus_x", "cus_y")).toEqual(variantFor(id));
    }
  });

  it("is told to whoever asks why", () => {
    const { decision } = decideFor(playbook({ a: {}, b: { weight: 0 } }));
    expect(answerOf(decision)).toMatchObject({ experiments: { test: "a" } });
    const plain = decideFor(playbookOf({ actions: ACTIONS })).decision;
    expect(answerOf(plain)).not.toHaveProperty("experiments");
  });

  it("settles the treatment, with certainty", () => {
    const known = playbook({ s: { treatments: { tea: "short" } }, l: { treatments: { tea: "long" } } });
    for (const { experiments, actions } of decideAll(known)) {
      expect(actions[0]).toMatchObject({
        action: "tea",
        treatment: experiments?.test === "s" ? "short" : "long",
        probability: 1,
      });
    }
  });

  it("tries a policy of other levers", () => {
    for (const { experiments, actions } of decideAll(playbook({ now: {}, cakes: { levers: { tea: 0 } } }))) {
      expect(actions[0]?.action).toBe(experiments?.test === "cakes" ? "cake" : "tea");
    }
  });

  it("leaves customers alone, but not without their receipt", () => {
    const known = playbook({ now: {}, nothing: { holdout: true } });
    for (const { experiments, actions, rejected, customerId } of decideAll(known)) {
      expect(actions).toHaveLength(experiments?.test === "nothing" ? 0 : 1);
      if (actions.length > 0) continue;
      expect(rejected.map(({ reason }) => reason)).toContain("holdout");
      const record = customer({ id: customerId ?? "" });
      const owed = decideFor(known, { record, placement: "trigger.receipt" }).decision;
      expect(owed.actions.map((one) => one.action)).toEqual(["receipt"]);
    }
  });

  it("is another one, with groups of its own, when what is measured changes and not only when variants do", () => {
    const idOf = (more: Partial<ExperimentsFile[string]>): string =>
      playbook({ a: {}, b: {} }, more).document.experiments?.[0]?.id ?? "";
    const goals = { "Cart Updated": 1, "Cart Viewed": 0.2 };
    const ids = [
      idOf({ goals }),
      idOf({ goals: { ...goals, "Cart Viewed": 0.3 } }),
      idOf({ goals: { "Cart Updated": 1 } }),
      idOf({ goals, window: "P3D" }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(idOf({ goals: { "Cart Viewed": 0.2, "Cart Updated": 1 }, window: "P14D" })).toBe(ids[0]);
    expect(idOf({ goals, placements: ["trigger.cart"], description: "the same" })).toBe(ids[0]);
  });

  it("runs only where and when it is declared, and not for people nobody knows", () => {
    const variants = { a: {}, b: {} };
    const day = 86_400_000;
    const isoDay = (shift: number): string => new Date(NOON + shift * day).toISOString();
    const none = [
      playbook(variants, { placements: ["web.home.hero"] }),
      playbook(variants, { activeFrom: isoDay(1) }),
      playbook(variants, { activeTo: isoDay(-1) }),
    ];
    for (const known of none) expect(decideFor(known).decision.experiments).toBeUndefined();
    expect(decideFor(playbook(variants, { activeFrom: isoDay(-1) })).decision.experiments).toBeDefined();
    expect(decideFor(playbook(variants), { record: null }).decision.experiments).toBeUndefined();
  });
});
