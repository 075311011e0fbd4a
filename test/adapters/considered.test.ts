import { brotliCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { packRejections, unpackRejections } from "#adapters/dynamodb/considered.ts";
import { type DecisionItem, fromDecisionItem, toDecisionItem } from "#adapters/dynamodb/decision-item.ts";
import { decide } from "#domain/decision/decide.ts";
import { explainedAnswer } from "#domain/decision/explain/explain.ts";
import { drawsFrom } from "#domain/decision/explore/random.ts";
import { toldScore } from "#domain/decision/stages/score.ts";
import type { Rejection } from "#domain/records/decision.ts";
import { action, address, consent, customer, HOUR, NOON, playbookOf } from "../support/decisions/decision.ts";

const THINGS = "espresso filter decaf tea cocoa grinder kettle mug subscription voucher".split(" ");
const KINDS = "welcome reminder offer upgrade tasting refill gift recipe survey replenishment".split(" ");
const web = { placements: ["web.home.hero"], treatments: [{ name: "b", channel: "web", weight: 1 }] };

/** A hundred actions that fail in every way there is, and many that were scored. */
const crowd = playbookOf({
  actions: THINGS.flatMap((thing, row) =>
    KINDS.map((kind, column) =>
      action(`${thing}-${kind}`, {
        ...web,
        category: column === 9 ? "service" : "marketing",
        value: 3.17 * row + 1.3 * column + 0.01,
        valueToCustomer: 2.71 * column + 0.7,
        propensity: 0.013 * (row + 1) + 0.0071 * column,
        eligible: column === 3 ? [`customer.age > ${row * 10}`] : [],
        ...(column === 4 ? { activeTo: Date.parse("2026-01-01") } : {}),
        ...(column === 5 ? { requires: [{ action: `${thing}-gift`, outcome: "accepted" }] } : {}),
      }),
    ),
  ),
  contactPolicy: {
    caps: [{ name: "web", max: 1, windowMs: HOUR, channels: ["web"], categories: ["service"], actions: [] }],
  },
});

const { actions: ACTIONS } = crowd.document;
const read = (item: DecisionItem) => fromDecisionItem(item, async () => crowd.document);

describe("the record of a hundred candidates", () => {
  const { decision } = decide({
    playbook: crowd,
    record: customer({ traits: { age: 45 } }),
    placement: "web.home.hero",
    mode: "answer",
    decisionId: "dec_1",
    now: NOON,
  });

  it("keeps every reason and every score in at most 2 KB", () => {
    expect(decision.rejected).toHaveLength(99);
    expect(packRejections(decision.rejected).byteLength).toBeLessThanOrEqual(2048);
    expect(toDecisionItem(decision, [], ACTIONS).considered?.B?.byteLength).toBeLessThanOrEqual(2048);
  });

  it("says later what was said at once, scores as they decided", async () => {
    const back = await read(toDecisionItem(decision, [], ACTIONS));
    expect(back.rejected.filter(({ factors }) => factors !== undefined).length).toBeGreaterThan(50);
    expect(explainedAnswer({ decision: back, document: crowd.document })).toEqual(
      explainedAnswer({ decision, document: crowd.document }),
    );
    for (const [index, { factors }] of back.rejected.entries()) {
      const before = decision.rejected[index]?.factors;
      if (factors === undefined || before === undefined) continue;
      expect(Math.abs(factors.score / before.score - 1)).toBeLessThan(0.000005);
    }
  });

  it("stays within 2 KB where every candidate has a score of its own that was learnt", async () => {
    const draw = drawsFrom("scores");
    const learnt = decide({
      playbook: playbookOf({
        actions: crowd.actions.map(({ rules: _, ...one }) =>
          action(one.name, { ...web, value: draw() * 60, lever: one.name.startsWith("t") ? 1.2 : 1 }),
        ),
      }),
      record: customer(),
      placement: "web.home.hero",
      mode: "answer",
      decisionId: "dec_1",
      now: NOON,
      propensity: () => ({ mean: draw() / 2, bonus: draw() / 10 }),
    }).decision;
    expect(learnt.rejected.every(({ factors }) => factors?.bonus !== undefined)).toBe(true);
    const back = await read(toDecisionItem(learnt, [], ACTIONS));
    expect(explainedAnswer({ decision: back, document: crowd.document })).toEqual(
      explainedAnswer({ decision: learnt, document: crowd.document }),
    );
    expect(packRejections(learnt.rejected).byteLength).toBeLessThanOrEqual(2048);
  });

  it("stays within 2 KB however long the names are, and with a weight of its own for every moment", async () => {
    const draw = drawsFrom("names");
    const rejected = Array.from({ length: 100 }, (_, index): Rejection => {
      const factors = { propensity: draw() / 5, bonus: draw() / 20, value: 10 + draw() * 90, lever: 1 };
      const weighed = toldScore({ ...factors, contextWeight: draw(), score: 0 });
      const action = Array.from({ length: 14 }, () => THINGS[Math.floor(draw() * 10)]).join("-") + index;
      return { action, stage: "arbitration", reason: "outranked", by: "the-winner", factors: weighed };
    });
    const listed = rejected.map(({ action: name }) => action(name)).reverse();
    const item = toDecisionItem({ ...decision, rejected }, [], listed);
    expect(item.considered?.B?.byteLength).toBeLessThanOrEqual(2048);
    const back = await fromDecisionItem(item, async () => ({ actions: listed }));
    expect(back.rejected).toEqual(rejected);
  });

  it("names itself what the version lacks, and all where it was written without the version", async () => {
    const lacking = [...ACTIONS.slice(0, 40), ...ACTIONS.slice(60)];
    const item = toDecisionItem(decision, [], lacking);
    const back = await fromDecisionItem(item, async () => ({ actions: lacking }));
    const names = decision.rejected.map(({ action: name }) => name);
    expect(back.rejected.map(({ action: name }) => name)).toEqual(names);
    const unread = async () => Promise.reject(new Error("nobody needs the version"));
    const named = await fromDecisionItem(toDecisionItem(decision, []), unread);
    expect(named.rejected.map(({ action: name }) => name)).toEqual(names);
  });

  it("needs no attribute when nothing else was considered", () => {
    expect(toDecisionItem({ ...decision, rejected: [] }, []).considered).toBeUndefined();
  });
});

describe("the record of what was not worth a message", () => {
  it("keeps what it was worth by its best channel, what that costs and what it had to be worth", async () => {
    const { brand } = crowd.document;
    const treatments = ["email", "sms"].map((channel) => ({ name: channel, channel, weight: 1 }));
    const { decision } = decide({
      playbook: playbookOf({
        actions: [action("tea", { treatments }), action("mug", { value: -8 })],
        brand: { ...brand, costs: { email: 0.1, sms: 0.08 } },
        contactPolicy: { interruptions: [{ minimum: 50, channels: [], categories: [] }] },
      }),
      record: customer({
        addresses: [address("email", "ada@example.com"), address("sms", "+491701234567")],
        consents: [consent("*")],
      }),
      placement: "trigger.cart",
      mode: "message",
      decisionId: "dec_1",
      now: NOON,
    });
    const back = await read(toDecisionItem(decision, []));
    expect(back.rejected).toEqual(decision.rejected);
    const answer = explainedAnswer({ decision: back, document: crowd.document });
    expect(answer.rejected).toMatchObject([
      {
        by: "doing nothing",
        factors: { score: 0.5, propensity: 0.5, value: 1 },
        interruption: { channel: "email", cost: 0.1, minimum: 50 },
      },
      {
        by: "doing nothing",
        factors: { score: 5, propensity: 0.5, value: 10 },
        interruption: { channel: "sms", cost: 0.08, minimum: 50 },
        detail:
          "It is not worth a message: by text message it is worth 5 less the 0.08 that it costs, and it takes more than 50.",
      },
    ]);
  });
});

describe("a worth at the edge of the digits that people are told", () => {
  it("is told alike at once and from the record", async () => {
    const close = { value: 9.9899992, valueToCustomer: 9.9899992 };
    const { decision } = decide({
      playbook: playbookOf({
        actions: [action("tea", close)],
        contactPolicy: { interruptions: [{ minimum: 50, channels: [], categories: [] }] },
      }),
      record: customer(),
      placement: "trigger.cart",
      mode: "message",
      decisionId: "dec_1",
      now: NOON,
    });
    const back = await read(toDecisionItem(decision, []));
    const told = [decision, back].map((one) => explainedAnswer({ decision: one, document: null }).rejected);
    expect(told[1]).toEqual(told[0]);
  });
});

describe("a record written by an earlier version", () => {
  it("still tells the same stages and reasons: they are kept by position", async () => {
    const columns = {
      a: "mug\ntea\nkettle",
      c: [0, 14, 29],
      d: ["daily"],
      b: [-1, 0, -1],
      f: [0, [0.1, 2, 1, 1], 0],
    };
    const unread = async () => Promise.reject(new Error("nobody needs the version"));
    expect(await unpackRejections(brotliCompressSync(JSON.stringify(columns)), unread)).toEqual([
      { action: "mug", stage: "eligibility", reason: "rule" },
      { action: "tea", stage: "policy", reason: "cap", by: "daily" },
      { action: "kettle", stage: "arbitration", reason: "holdout" },
    ]);
  });
});
