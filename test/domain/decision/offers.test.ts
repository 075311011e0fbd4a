import { describe, expect, it } from "vitest";
import { decideSeveral } from "#domain/decision/decide-several.ts";
import type { DecideInput } from "#domain/decision/input/input.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { CustomerState } from "#domain/records/customer.ts";
import {
  action,
  address,
  consent,
  customer,
  decideFor,
  HOUR,
  iso,
  NOON,
  playbookOf,
} from "../../support/decisions/decision.ts";

const web = (name: string, changes = {}) =>
  action(name, {
    placements: ["web.home.hero", "web.side"],
    treatments: [{ name, channel: "web", weight: 1 }],
    ...changes,
  });
const knowing = (changes: Partial<CustomerState>) => {
  const record = customer();
  return { ...record, state: { ...record.state, ...changes } };
};
const atHero = (actions: readonly ReturnType<typeof action>[], input: Partial<DecideInput> = {}) =>
  decideFor(playbookOf({ actions }), { placement: "web.home.hero", mode: "answer", ...input }).decision;
const namesOf = (decision: { readonly actions: readonly { readonly action: string }[] }) =>
  decision.actions.map((chosen) => chosen.action);

describe("an offer that builds on another", () => {
  const machine = web("machine", {
    value: 99,
    requires: [{ action: "trial", outcome: "accepted", withinMs: 24 * HOUR }],
  });

  it("is made only after that was accepted, and not too long after", () => {
    const accepted = (at: number) => knowing({ responses: { "accepted|trial": iso(at) } });
    expect(namesOf(atHero([machine]))).toEqual([]);
    expect(namesOf(atHero([machine], { record: accepted(NOON - HOUR) }))).toEqual(["machine"]);
    const late = atHero([machine], { record: accepted(NOON - 25 * HOUR) });
    expect(late.rejected).toEqual([
      {
        action: "machine",
        stage: "eligibility",
        reason: "rule",
        cause: { kind: "only-after", action: "trial", outcome: "accepted" },
      },
    ]);
  });
});

describe("offers that exclude each other", () => {
  const bank = playbookOf({
    actions: [
      web("gold", { value: 20, exclusive: "card" }),
      web("silver", { exclusive: "card" }),
      web("bag", { value: 1 }),
    ],
    placements: ["web.home.hero", "web.side"].map((name) => ({ name, limit: 1, channels: [] })),
  });
  const ask = (placement: string) =>
    ({ playbook: bank, placement, mode: "answer", decisionId: `dec_${placement}`, now: NOON }) as const;

  it("never come together, not in two places of one answer either", () => {
    const answers = decideSeveral(customer(), [ask("web.home.hero"), ask("web.side")]);
    expect(answers.map(({ decision }) => namesOf(decision))).toEqual([["gold"], ["bag"]]);
    const many = decideFor(bank, { placement: "web.side", mode: "answer", limit: 3 });
    expect(namesOf(many.decision)).toEqual(["gold", "bag"]);
  });

  it("are not made any more once one of them was accepted", () => {
    const record = knowing({ responses: { "converted|silver": iso(NOON - HOUR) } });
    const { decision } = decideFor(bank, { placement: "web.side", mode: "answer", limit: 3, record });
    expect(namesOf(decision)).toEqual(["silver", "bag"]);
    expect(decision.rejected).toContainEqual({
      action: "gold",
      stage: "eligibility",
      reason: "rule",
      cause: { kind: "not-beside", action: "silver" },
    });
  });
});

describe("an answer of several actions", () => {
  it("takes as many of a group as the placement allows", () => {
    const actions = [3, 2, 1].map((value) => web(`tea-${value}`, { value, group: "tea" }));
    const shop = (perGroup?: number) =>
      playbookOf({
        actions: [...actions, web("mug", { value: 0.1, valueToCustomer: 0.1 })],
        placements: [{ name: "web.home.hero", limit: 3, channels: [], ...(perGroup && { perGroup }) }],
      });
    const ask = (perGroup?: number) =>
      namesOf(decideFor(shop(perGroup), { placement: "web.home.hero", mode: "answer" }).decision);
    expect(ask()).toEqual(["tea-3", "mug"]);
    expect(ask(2)).toEqual(["tea-3", "tea-2", "mug"]);
  });
});

describe("what a score weighs", () => {
  it("is our benefit and the customer's as the playbook blends them", () => {
    const actions = [
      web("ours", { value: 10, valueToCustomer: 1 }),
      web("theirs", { value: 1, valueToCustomer: 9 }),
    ];
    const ask = (valueToUs: number) =>
      namesOf(
        decideFor(playbookOf({ actions, scoring: { valueToUs, valueToCustomer: 1 - valueToUs } }), {
          placement: "web.home.hero",
          mode: "answer",
        }).decision,
      );
    expect(ask(0.8)).toEqual(["ours"]);
    expect(ask(0.2)).toEqual(["theirs"]);
  });
});

const both = {
  treatments: ["email", "sms"].map((channel) => ({
    name: `cart-${channel}`,
    channel,
    template: "c",
    weight: 1,
  })),
};
const reachable = (traits = {}) =>
  customer({
    traits,
    addresses: [address("email", "ada@example.com"), address("sms", "+4915112345678")],
    consents: [consent("*")],
  });
const costly = (minimum?: number) => {
  const plain = playbookOf({ actions: [action("cart", both)] }).document;
  return playbookOf({
    actions: plain.actions,
    brand: { ...plain.brand, costs: { sms: 0.5 } },
    contactPolicy:
      minimum === undefined ? {} : { interruptions: [{ minimum, channels: ["sms"], categories: [] }] },
  });
};

describe("the channel", () => {
  const channelOf = (input: Partial<DecideInput>, minimum?: number) =>
    decideFor(costly(minimum), { record: reachable(), ...input }).decision.actions[0]?.channel;

  it("is the one that is worth most less its cost, where something was learnt by channel", () => {
    const learnt = (sms: number) => ({
      propensity: ({ channels }: { channels: readonly { name: string }[] }) =>
        channels[0]?.name === "sms" ? sms : 0.2,
    });
    expect(channelOf({})).toBe("email");
    expect(channelOf(learnt(0.22))).toBe("email");
    expect(channelOf(learnt(0.3))).toBe("sms");
  });

  it("is the customer's own choice where it is open, unless it is not worth the interruption there", () => {
    const record = reachable({ preferredChannel: "sms" });
    expect(channelOf({ record })).toBe("sms");
    expect(channelOf({ record }, 9)).toBe("email");
  });

  it("is no longer the customer's own choice where another is worth more than twice as much", () => {
    const record = reachable({ preferredChannel: "sms" });
    const learnt = (email: number) => ({
      propensity: ({ channels }: { channels: readonly { name: string }[] }) =>
        channels[0]?.name === "sms" ? 0.3 : email,
    });
    expect(channelOf({ record, ...learnt(0.5) })).toBe("sms");
    expect(channelOf({ record, ...learnt(0.6) })).toBe("email");
  });
});

describe("doing nothing", () => {
  it("wins when no channel is worth the interruption", () => {
    const { decision } = decideFor(costly(5), { record: reachable(), channel: "sms" });
    expect(decision.actions).toEqual([]);
    expect(decision.rejected).toMatchObject([
      { action: "cart", reason: "outranked", cause: { kind: "doing-nothing" } },
    ]);
  });
});

describe("the moment", () => {
  const patient = playbookOf({ actions: [action("cart", { moment: "best-hour" })] });
  const clicks = (hours: Record<string, number>) =>
    decideFor(patient, { record: knowing({ hours: { email: hours } }) }).decision.actions[0]?.sendAt;

  it("is the hour at which the customer clicks most, once enough is known", () => {
    expect(clicks({ "18": 5, "7": 1 })).toBe("2026-03-11T18:00:00.000Z");
    expect(clicks({ "7": 5 })).toBe("2026-03-12T07:00:00.000Z");
    expect(clicks({ "11": 5 })).toBeUndefined();
    expect(clicks({ "18": 2 })).toBeUndefined();
  });

  it("is now where the customer's own hour is a quiet one", () => {
    const { document } = patient;
    const quiet = playbookOf({
      actions: document.actions,
      contactPolicy: { quietHours: [{ from: "18:00", to: "08:00", channels: [], categories: [] }] },
    });
    const record = knowing({ hours: { email: { "20": 9 } } });
    expect(decideFor(quiet, { record }).decision.actions[0]?.sendAt).toBeUndefined();
  });

  it("does not wait for the customer's own hour where the offer ends before it, only for quiet hours", () => {
    const record = knowing({ hours: { email: { "20": 9 } } });
    const short = (quietHours: PlaybookDocument["contactPolicy"]["quietHours"]) => {
      const actions = [action("cart", { moment: "best-hour", activeTo: NOON + 2 * HOUR })];
      return decideFor(playbookOf({ actions, contactPolicy: { quietHours } }), { record }).decision.actions;
    };
    expect(short([]).map(({ sendAt }) => sendAt)).toEqual([undefined]);
    const [held] = short([{ from: "11:00", to: "13:00", channels: [], categories: [] }]);
    expect(held?.sendAt).toBe("2026-03-11T12:00:00.000Z");
    expect(held?.reasons.join()).toContain("quiet hours end");
  });
});

describe("a cool-down", () => {
  it("follows what came of a message, by the rule as it is now", () => {
    const record = knowing({ responses: { "complained|cart": iso(NOON - 48 * HOUR) } });
    const resting = (forMs: number) =>
      decideFor(
        playbookOf({
          actions: [action("cart")],
          contactPolicy: { coolDowns: [{ outcome: "complained", forMs, actions: [] }] },
        }),
        { record },
      ).decision;
    expect(resting(72 * HOUR).rejected).toMatchObject([
      {
        reason: "cool-down",
        cause: { kind: "resting", outcome: "complained", until: iso(NOON + 24 * HOUR) },
      },
    ]);
    expect(namesOf(resting(24 * HOUR))).toEqual(["cart"]);
  });
});

describe("a budget", () => {
  it.each([
    ["a week from Monday on", 7 * 24 * HOUR, "2026-03-15T22:59:00Z", "2026-03-15T23:00:00Z"],
    ["a day from midnight on", 24 * HOUR, "2026-03-11T22:59:00Z", "2026-03-11T23:00:00Z"],
    ["six hours of the day", 6 * HOUR, "2026-03-11T10:59:00Z", "2026-03-11T11:00:00Z"],
  ])("is for %s, by the brand's clocks", (_, perMs, last, first) => {
    const playbook = playbookOf({ actions: [web("bag", { budget: { max: 5, perMs, cost: 1 } })] });
    const periodAt = (now: string) =>
      decideFor(playbook, { placement: "web.home.hero", mode: "answer", now: Date.parse(now) }).claims?.[0]
        ?.budget?.period;
    expect(periodAt(first)).toBe((periodAt(last) ?? 0) + 1);
    expect(periodAt(new Date(Date.parse(first) + perMs - 1).toISOString())).toBe(periodAt(first));
  });
});
