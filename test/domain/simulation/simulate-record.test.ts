import { describe, expect, it } from "vitest";
import { recordOfProfile } from "#domain/simulation/profile.ts";
import { reportOf } from "#domain/simulation/report.ts";
import { simulateRecord } from "#domain/simulation/simulate-record.ts";
import { newTally } from "#domain/simulation/tally.ts";
import { seeded } from "#lab/seeded.ts";
import { action, NOON, playbookOf } from "../../support/decisions/decision.ts";

const shop = (goldValue: number, weights: readonly [number, number] = [1, 1]) =>
  playbookOf({
    actions: [
      action("cart", {
        treatments: [
          { name: "long", channel: "email", template: "long", weight: weights[0] },
          { name: "short", channel: "email", template: "short", weight: weights[1] },
        ],
      }),
      action("gold", { eligible: ['customer.tier = "gold"'], value: goldValue, valueToCustomer: goldValue }),
    ],
  });

const tiers = ["gold", "silver"] as const;

/** Records of the live version for so many people, every other of them gold. */
const recordsOf = (live: ReturnType<typeof shop>, count: number) =>
  Array.from({ length: count }, (_, index) => {
    const tier = tiers[index % 2] ?? "gold";
    const profile = { traits: { tier }, segments: [tier], ...(index % 10 === 0 ? { consent: [] } : {}) };
    return recordOfProfile(profile, live, {
      simulationId: "sim_1",
      index,
      placement: "trigger.cart",
      now: NOON,
    });
  });

describe("a made-up customer", () => {
  it("may have agreed to what is not confirmed yet", () => {
    const confirm = (double: boolean) =>
      playbookOf({
        actions: [action("cart")],
        contactPolicy: {
          categories: [
            {
              name: "marketing",
              consent: "express",
              transactional: false,
              ...(double ? { confirm: "double" } : {}),
            },
          ],
        },
      });
    const consent = [{ channel: "email", topic: "*", status: "pending", kind: "express" }] as const;
    const chosen = [false, true].map((double) => {
      const asked = { simulationId: "sim_1", index: 0, placement: "trigger.cart", now: NOON };
      return recordOfProfile({ consent }, confirm(double), asked).decision.actions.length;
    });
    expect(chosen).toEqual([1, 0]);
  });

  it("is written to where a trigger decides and shown content elsewhere, whatever the placement is called", () => {
    const placements = ["cart.reminder", "trigger.banner"];
    const live = playbookOf({
      actions: [action("cart", { placements })],
      triggers: [{ name: "cart", on: "Cart Updated", unless: [], maxAgeMs: 1, placement: "cart.reminder" }],
      placements: placements.map((name) => ({ name, limit: 1, channels: [] })),
    });
    const modes = placements.map(
      (placement) =>
        recordOfProfile({}, live, { simulationId: "sim_1", index: 0, placement, now: NOON }).request.mode,
    );
    expect(modes).toEqual(["message", "answer"]);
  });
});

describe("simulating a playbook", () => {
  it("against itself changes nothing", () => {
    const live = shop(5);
    const tally = newTally();
    for (const record of recordsOf(live, 400)) simulateRecord(tally, record, { playbook: live }, 1);
    const report = reportOf(tally);
    expect(report).toMatchObject({ decisions: 400, changed: 0, moves: [], examples: [], skipped: {} });
    for (const { before, after } of [
      ...report.actions,
      ...report.channels,
      ...report.segments,
      ...report.policyRejections,
      ...report.otherRejections,
      report.nothing,
    ]) {
      expect(after).toBe(before);
    }
    expect(report.estimate?.inversePropensity.value).toBeCloseTo(1, 9);
    expect(report.estimate?.effectiveSamples).toBeCloseTo(400, 6);
  });

  it("says how many change, for whom, into what, and what policy turns down", () => {
    const tally = newTally();
    const tried = shop(50);
    for (const record of recordsOf(shop(5), 400)) simulateRecord(tally, record, { playbook: tried });
    const report = reportOf(tally);
    // 200 people are gold; 40 of them never agreed to mail.
    expect(report.changed).toBe(160);
    expect(report.moves).toEqual([{ from: "cart", to: "gold", decisions: 160 }]);
    expect(report.actions).toEqual([
      { action: "cart", before: 360, after: 200 },
      { action: "gold", before: 0, after: 160 },
    ]);
    expect(report.segments).toEqual([
      { segment: "gold", decisions: 200, changed: 160, before: 160, after: 160 },
      { segment: "silver", decisions: 200, changed: 0, before: 200, after: 200 },
    ]);
    expect(report.policyRejections).toEqual([{ stage: "policy", reason: "consent", before: 80, after: 80 }]);
    expect(report.nothing).toEqual({ before: 40, after: 40 });
    expect(report.examples).toHaveLength(20);
    expect(report.estimate).toBeNull();
  });

  it("estimates what the other version would have earned, within its intervals", () => {
    const random = seeded(7);
    const tally = newTally();
    const tried = shop(0, [0, 1]);
    // Short mails earn 3 of 10, long ones 1 of 10; half of the people got either.
    for (const record of recordsOf(shop(0), 6_000)) {
      const [chosen] = record.decision.actions;
      const chance = chosen === undefined ? 0 : chosen.treatment === "short" ? 0.3 : 0.1;
      simulateRecord(tally, record, { playbook: tried }, random() < chance ? 1 : 0);
    }
    const { estimate } = reportOf(tally);
    // Every tenth has not agreed and gets nothing.
    const truth = 0.9 * 0.3;
    expect(estimate?.warnings).toEqual([]);
    for (const name of ["inversePropensity", "selfNormalised", "doublyRobust"] as const) {
      expect(estimate?.[name].low).toBeLessThan(truth);
      expect(estimate?.[name].high).toBeGreaterThan(truth);
    }
    expect(estimate?.logged.value).toBeLessThan(0.22);
  });

  it("warns when the other version says what was never said", () => {
    const tally = newTally();
    const tried = shop(50);
    for (const record of recordsOf(shop(5), 1_000)) simulateRecord(tally, record, { playbook: tried }, 1);
    expect(reportOf(tally).estimate?.warnings).toContain("no-overlap");
  });

  it("goes on after it was put down and taken up again", () => {
    const records = recordsOf(shop(5), 60);
    const tried = shop(50);
    const whole = newTally();
    for (const record of records) simulateRecord(whole, record, { playbook: tried }, 1);
    let tally = newTally();
    for (const record of records) {
      simulateRecord(tally, record, { playbook: tried }, 1);
      tally = JSON.parse(JSON.stringify(tally));
    }
    expect(reportOf(tally)).toEqual(reportOf(whole));
  });
});

describe("what a decision says for and against another version", () => {
  const only = (name: string) => playbookOf({ actions: [action(name)] });
  const recordBy = (live: ReturnType<typeof shop>, index = 0) =>
    recordOfProfile({}, live, { simulationId: "sim_1", index, placement: "trigger.cart", now: NOON });
  type Record = ReturnType<typeof recordBy>;
  const weighed = (record: Record, tried: ReturnType<typeof shop>) => {
    const tally = newTally();
    simulateRecord(tally, record, { playbook: tried }, 1);
    const { n, w } = tally.evidence;
    return { n, w };
  };

  it("is all, or nothing, where neither draws", () => {
    expect(weighed(recordBy(only("cart")), only("cart"))).toEqual({ n: 1, w: 1 });
    expect(weighed(recordBy(only("cart")), only("gold"))).toEqual({ n: 1, w: 0 });
  });

  it("is the share of eight draws where the other version chose otherwise, else the chance it had", () => {
    // Of two treatments alike one is logged by a chance of a half; the other version takes the short one by three quarters.
    const tried = shop(0, [1, 3]);
    const weights = Array.from({ length: 40 }, (_, index) => weighed(recordBy(shop(0), index), tried).w);
    expect(weights.filter((weight) => !Number.isInteger(weight * 4) || weight > 2)).toEqual([]);
    expect(weights.some((weight) => !Number.isInteger(weight * 2))).toBe(true);
  });

  it("is nothing where the log says that the choice could not be made", () => {
    const record = recordBy(only("cart"));
    const actions = record.decision.actions.map((one) => ({ ...one, probability: 0 }));
    const impossible = { ...record, decision: { ...record.decision, actions } };
    expect(weighed(impossible, only("cart"))).toEqual({ n: 0, w: 0 });
  });

  it("is counted as left out where the log holds no more than what was decided", () => {
    const tally = newTally();
    simulateRecord(tally, { ...recordBy(only("cart")), recovered: true }, { playbook: only("cart") }, 1);
    expect(tally).toEqual({ ...newTally(), skipped: { recovered: 1 } });
  });
});
