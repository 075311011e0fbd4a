import { describe, expect, it } from "vitest";
import { fromDecisionItem, toDecisionItem } from "#adapters/dynamodb/decisions/decision-item.ts";
import { answerOf } from "#domain/decision/explain/answer.ts";
import { explained, explanationOf } from "#domain/decision/explain/explain.ts";
import { learntInput } from "#domain/decision/explore/learnt.ts";
import { choiceOf } from "#domain/learning/credit.ts";
import type { Estimator } from "#domain/learning/learner.ts";
import { armOf } from "#domain/learning/model.ts";
import { buildLearning } from "#domain/playbook/build/build-learning.ts";
import type { Exploration } from "#domain/playbook/model/learning.ts";
import { seeded } from "#lab/seeded.ts";
import { action, customer, decideFor, NOON, playbookOf } from "../../support/decisions/decision.ts";

const ACTIONS = [
  action("best", { value: 30, valueToCustomer: 30 }),
  action("good", { value: 24, valueToCustomer: 24 }),
  action("poor", { value: 6, valueToCustomer: 6 }),
];
const learning = (exploration: Partial<Exploration> = {}) =>
  buildLearning({
    predictors: { age: "customer.age", device: "context.device", born: "now" },
    outcomes: { clicked: 1 },
    exploration,
  });
const playbook = (exploration: Partial<Exploration> = {}) =>
  playbookOf({ actions: ACTIONS, learning: learning(exploration) });
const evidence = { best: 2_000, good: 2_000, poor: 2_000 };

describe("exploring", () => {
  it("picks each action as often as the recorded probability says", () => {
    const random = seeded(4);
    const known = playbook({ greed: 0.5, floor: 0.1 });
    const picked = new Map<string, { times: number; probability: number }>();
    const times = 4_000;
    for (let n = 0; n < times; n += 1) {
      const [first] = decideFor(known, { random, evidence }).decision.actions;
      if (first === undefined) throw new Error("nothing was chosen");
      const before = picked.get(first.action)?.times ?? 0;
      picked.set(first.action, { times: before + 1, probability: first.probability });
    }
    const shares = [...picked.values()];
    expect(shares).toHaveLength(3);
    expect(shares.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
    for (const { times: own, probability } of shares) {
      const error = Math.sqrt((probability * (1 - probability)) / times);
      expect(Math.abs(own / times - probability)).toBeLessThan(4 * error);
    }
  });

  it("turns to the best as evidence grows", () => {
    const shareOfBest = (seen: number): number => {
      const counts = { best: seen, good: seen, poor: seen };
      return (
        decideFor(playbook({ floor: 0 }), { random: () => 0, evidence: counts }).decision.actions[0]
          ?.probability ?? 0
      );
    };
    expect(shareOfBest(100_000)).toBeGreaterThan(shareOfBest(1_000));
    expect(shareOfBest(1_000)).toBeGreaterThan(shareOfBest(0));
  });

  it("says so when something else was drawn than what is worth most", () => {
    const known = playbook({ greed: 0, floor: 1 });
    const drawnWith = (random: number) => decideFor(known, { random: () => random }).decision;
    const detailOf = (decision: ReturnType<typeof drawnWith>, name: string) =>
      explained({ decision, document: known.document }).find((one) => one.action === name)?.detail;

    const second = drawnWith(0.5);
    expect(second.actions[0]?.action).toBe("good");
    expect(explanationOf({ decision: second, document: known.document })).toBe(
      '"good" was chosen by e-mail: of the 3 that were considered it is allowed and was drawn, though "best" is expected to be worth more. The choice was in part by chance (33 in 100), so that we go on learning.',
    );
    expect(detailOf(second, "best")).toBe(
      'It is expected to be worth more, but "good" was drawn this time, so that we go on learning.',
    );
    expect(detailOf(second, "poor")).toBe('"good" is worth more.');

    const first = drawnWith(0);
    expect(explanationOf({ decision: first, document: known.document })).toContain(
      '"best" was chosen by e-mail: of the 3 that were considered it is allowed, and worth most',
    );
    expect(detailOf(first, "good")).toBe('"best" is worth more.');
  });

  it("draws nothing and chooses the best without learning, or when the playbook wants no exploring", () => {
    for (const known of [playbookOf({ actions: ACTIONS }), playbook({ method: "none" })]) {
      const [first] = decideFor(known, { random: () => 0.999, evidence }).decision.actions;
      expect(first).toMatchObject({ action: "best", probability: 1 });
      expect(first?.pick).toBeUndefined();
    }
  });

  it("leaves out what is worth nothing, and what is owed comes first", () => {
    const known = playbookOf({
      learning: learning({ greed: 0 }),
      placements: [{ name: "trigger.cart", limit: 2, channels: [] }],
      actions: [
        action("best", { value: 30 }),
        action("worthless", { value: 0, valueToCustomer: 0 }),
        action("receipt", { category: "transactional", value: 1 }),
      ],
    });
    const random = seeded(8);
    for (let n = 0; n < 50; n += 1) {
      const { actions } = decideFor(known, { random }).decision;
      expect(actions.map((one) => one.action)).toEqual(["receipt", "best"]);
      expect(actions.map(({ probability }) => probability)).toEqual([1, 1]);
    }
  });

  it("believes by Thompson sampling what actions declare, until there is evidence", () => {
    const known = playbookOf({
      actions: [
        action("rare", { propensity: 0.001, value: 100, valueToCustomer: 100 }),
        action("usual", { propensity: 0.5, value: 10, valueToCustomer: 10 }),
      ],
      learning: learning({ method: "thompson" }),
    });
    const shareOfRare = (input: Parameters<typeof decideFor>[1]): number => {
      const [chosen] = decideFor(known, input).decision.actions;
      const probability = chosen?.probability ?? Number.NaN;
      return chosen?.action === "rare" ? probability : 1 - probability;
    };
    // Worth 0.1 against 5: an exponential draw about the one against an even one below 10.
    expect(shareOfRare({})).toBeCloseTo(0.01, 3);
    const found: Estimator = ({ action: name }) => ({
      mean: name === "rare" ? 0.05 : 0.5,
      deviation: 0,
      evidence: 0,
    });
    const seen = { rare: 1_000, usual: 1_000 };
    const share = shareOfRare(learntInput(known, { estimate: found, evidence: seen }));
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
  });

  it("marks Thompson sampling's probabilities as approximate", () => {
    const { decision } = decideFor(playbook({ method: "thompson" }), { evidence });
    expect(decision.learning?.approximate).toBe(true);
    expect(answerOf(decision)).toMatchObject({ model: decision.learning?.model, approximate: true });
    const exact = decideFor(playbook(), { evidence }).decision;
    expect(answerOf(exact)).not.toHaveProperty("approximate");
    expect(decision.actions[0]?.probability).toBeGreaterThan(0);
  });
});

describe("what a decision keeps to learn with", () => {
  it("are the predictors' values in order; what is no number, text or boolean is missing", () => {
    const { decision } = decideFor(playbook(), {
      record: customer({ traits: { age: 41 } }),
      context: { device: "phone" },
    });
    expect(decision.learning).toEqual({ model: learning().model, values: [41, "phone", null] });
  });
  it("names what was learnt by its time: the model's own name says only what it learns from", async () => {
    const nothing: Estimator = (_arm, _features, prior) => ({ mean: prior, deviation: 0, evidence: 0 });
    const known = playbook();
    const at = (readAt: number) =>
      decideFor(known, learntInput(known, { estimate: nothing, evidence, readAt })).decision;
    expect(answerOf(at(NOON))).toMatchObject({
      model: learning().model,
      modelAsOf: "2026-03-11T11:00:00.000Z",
    });
    expect(answerOf(decideFor(known).decision)).not.toHaveProperty("modelAsOf");
    const kept = await fromDecisionItem(toDecisionItem(at(NOON), []));
    expect(answerOf(kept)).toEqual(answerOf(at(NOON)));
  });
  it("is nothing without learning", () => {
    expect(decideFor(playbookOf({ actions: ACTIONS })).decision.learning).toBeUndefined();
  });
});

describe("a learnt propensity", () => {
  const estimate: Estimator = ({ action: name, channel }, features, prior) => ({
    mean: name === "poor" && channel === "email" && features.age === 41 ? 0.9 : prior / 10,
    deviation: 0,
    evidence: 100,
  });
  it("is asked for the action, its open channel and this customer, and takes the place of the declared", () => {
    const known = playbook({ method: "none" });
    const input = learntInput(known, { estimate, evidence });
    const young = decideFor(known, { ...input, record: customer({ traits: { age: 20 } }) }).decision;
    expect(young.actions[0]).toMatchObject({ action: "best", propensity: 0.05 });
    const other = decideFor(known, { ...input, record: customer({ traits: { age: 41 } }) }).decision;
    expect(other.actions[0]).toMatchObject({ action: "poor", propensity: 0.9 });
  });
  it("is what is expected; what is added to find out more counts for the choice alone", () => {
    const unsure: Estimator = ({ action: name }) => ({
      mean: 0.4,
      deviation: name === "good" ? 1.25 : 0,
      evidence: 10,
    });
    const known = playbook({ method: "none", optimism: 0.2 });
    const { decision } = decideFor(known, learntInput(known, { estimate: unsure, evidence }));
    const [chosen] = decision.actions;
    expect(chosen).toMatchObject({ action: "good", propensity: 0.4, bonus: 0.25 });
    expect(chosen?.score).toBeCloseTo(0.65 * 24, 9);
    expect(chosen?.reasons.join()).toContain("= propensity (0.4 + 0.25 to find out more) x value 24 x");
    expect(decision.rejected[0]).toMatchObject({ action: "best", factors: { score: 12, propensity: 0.4 } });
    expect(decision.rejected[0]?.factors).not.toHaveProperty("bonus");
    expect(choiceOf(decision, { action: "good" }, known.document)?.expected).toBe(0.4);
  });
  it("stays within certainty, whatever is added", () => {
    const sure: Estimator = () => ({ mean: 0.9, deviation: 9, evidence: 1 });
    const known = playbook({ method: "none", optimism: 1 });
    const [chosen] = decideFor(known, learntInput(known, { estimate: sure, evidence })).decision.actions;
    expect((chosen?.propensity ?? 0) + (chosen?.bonus ?? 0)).toBe(1);
  });
  it("never falls to nothing: an action that never worked is still tried now and then", () => {
    const hopeless: Estimator = (arm) => ({
      mean: arm.action === "poor" ? -0.01 : 0.5,
      deviation: 0,
      evidence: 100,
    });
    const known = playbook({ floor: 0.3, optimism: 0 });
    const input = learntInput(known, { estimate: hopeless, evidence });
    const last = decideFor(known, { ...input, random: () => 0.9999 }).decision.actions[0];
    expect(last).toMatchObject({ action: "poor", propensity: 0.0001 });
    expect(last?.probability).toBeGreaterThanOrEqual(0.1);
  });
  it("is nothing where the action declares that it is never taken", () => {
    const known = playbookOf({ actions: [action("never", { propensity: 0 })], learning: learning() });
    const nothing: Estimator = () => ({ mean: 0, deviation: 0, evidence: 0 });
    const { decision } = decideFor(known, learntInput(known, { estimate: nothing, evidence: {} }));
    expect(decision.rejected).toMatchObject([{ action: "never", cause: { kind: "doing-nothing" } }]);
  });
  it("is not made up where the declared one cannot be worked out: the action is not offered", () => {
    const unknown = { action: "guess", stage: "eligibility", reason: "rule", cause: { kind: "no-value" } };
    const known = playbookOf({
      actions: [action("guess", { propensity: "0.01 * customer.age" }), action("sure", { propensity: 0.3 })],
      learning: learning({ method: "none" }),
    });
    const coin: Estimator = (_arm, _features, prior) => ({ mean: prior, deviation: 0.1, evidence: 100 });
    for (const input of [{}, learntInput(known, { estimate: coin, evidence })]) {
      const stranger = decideFor(known, input).decision;
      expect(stranger.actions).toMatchObject([{ action: "sure" }]);
      expect(stranger.rejected).toEqual([unknown]);
      const old = decideFor(known, { ...input, record: customer({ traits: { age: 80 } }) }).decision;
      expect(old.actions).toMatchObject([{ action: "guess", propensity: 0.8 }]);
    }
  });
  it("is not asked for without a model", () => {
    expect(learntInput(playbook(), null)).toEqual({});
    expect(armOf({ name: "tea" }, "web")).toEqual({ action: "tea", group: "tea", channel: "web" });
  });
});
