import { brotliCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { packRejections, unpackRejections } from "#adapters/dynamodb/decisions/considered.ts";
import { fromDecisionItem, toDecisionItem } from "#adapters/dynamodb/decisions/decision-item.ts";
import { decide } from "#domain/decision/decide.ts";
import { causeInWords } from "#domain/decision/explain/cause-in-words.ts";
import { explainedAnswer } from "#domain/decision/explain/explain.ts";
import { drawsFrom } from "#domain/decision/explore/random.ts";
import { roundedScore } from "#domain/decision/stages/score.ts";
import { type Cause, type Rejection, STAGES } from "#domain/records/decision.ts";
import {
  action,
  address,
  consent,
  customer,
  HOUR,
  NOON,
  playbookOf,
} from "#test/support/decisions/decision.ts";

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
  });

  it("says later what was said at once, scores as they decided", async () => {
    const back = fromDecisionItem(toDecisionItem(decision, []));
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
    const back = fromDecisionItem(toDecisionItem(learnt, []));
    expect(explainedAnswer({ decision: back, document: crowd.document })).toEqual(
      explainedAnswer({ decision: learnt, document: crowd.document }),
    );
    expect(packRejections(learnt.rejected).byteLength).toBeLessThanOrEqual(2048);
  });

  it("stays within 4 KB with a hundred names of ninety characters, and a weight of its own for every moment", async () => {
    const draw = drawsFrom("names");
    const rejected = Array.from({ length: 100 }, (_, index): Rejection => {
      const factors = { propensity: draw() / 5, bonus: draw() / 20, value: 10 + draw() * 90, lever: 1 };
      const weighed = roundedScore({ ...factors, contextWeight: draw(), score: 0 });
      const action = Array.from({ length: 14 }, () => THINGS[Math.floor(draw() * 10)]).join("-") + index;
      return {
        action,
        stage: "arbitration",
        reason: "outranked",
        cause: { kind: "action", name: "the-winner" },
        factors: weighed,
      };
    });
    const item = toDecisionItem({ ...decision, rejected }, []);
    expect(item.considered?.B?.byteLength).toBeLessThanOrEqual(4096);
    expect(fromDecisionItem(item).rejected).toEqual(rejected);
  });

  it("needs no attribute when nothing else was considered", () => {
    expect(toDecisionItem({ ...decision, rejected: [] }, []).considered).toBeUndefined();
  });
});

it("keeps beside one another what waits for quiet hours, and what for a conversation", () => {
  const rejected: readonly Rejection[] = [
    { action: "tea", stage: "policy", reason: "conversation", cause: { kind: "held", topic: "complaint" } },
    {
      action: "mug",
      stage: "policy",
      reason: "quiet-hours",
      cause: { kind: "quiet", place: "Europe/Berlin" },
    },
    { action: "kettle", stage: "policy", reason: "conversation", cause: { kind: "held" } },
    { action: "cup", stage: "policy", reason: "window", cause: { kind: "window", channel: "whatsapp" } },
  ];
  expect(unpackRejections(packRejections(rejected))).toEqual(rejected);
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
    const back = fromDecisionItem(toDecisionItem(decision, []));
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
    const back = fromDecisionItem(toDecisionItem(decision, []));
    const told = [decision, back].map((one) => explainedAnswer({ decision: one, document: null }).rejected);
    expect(told[1]).toEqual(told[0]);
  });
});

describe("a record of release 0.1", () => {
  const packed = (columns: object): Uint8Array => brotliCompressSync(JSON.stringify(columns));
  const REASONS: readonly Rejection["reason"][] = [
    "rule",
    "consent",
    "suppressed",
    "quiet-hours",
    "cap",
    "cool-down",
    "stock",
    "no-address",
    "outranked",
    "holdout",
  ];
  const codeOf = (stage: Rejection["stage"], reason: Rejection["reason"]): number =>
    STAGES.indexOf(stage) * REASONS.length + REASONS.indexOf(reason);

  it("names actions by their places in the version that decided", () => {
    const columns = packed({ a: "gone", x: [1, -1, 0], c: [0, 0, 0], d: ["1"], b: [0, 0, 0] });
    const rejected = unpackRejections(columns, [{ name: "tea" }, { name: "mug" }]);
    expect(rejected.map(({ action }) => action)).toEqual(["mug", "gone", "tea"]);
  });

  it("tells the same stages and reasons: they are kept by position", () => {
    const columns = packed({ a: "mug\ntea\nkettle", c: [0, 14, 29], d: ["2", "daily"], b: [0, 1, -1] });
    expect(unpackRejections(columns)).toEqual([
      { action: "mug", stage: "eligibility", reason: "rule", cause: { kind: "condition", number: 2 } },
      { action: "tea", stage: "policy", reason: "cap", cause: { kind: "cap", name: "daily" } },
      { action: "kettle", stage: "arbitration", reason: "holdout", cause: { kind: "held-out" } },
    ]);
  });

  it.each<[Rejection["reason"], string, Cause]>([
    ["rule", "not yet active", { kind: "not-yet-active" }],
    ["rule", "no longer active", { kind: "no-longer-active" }],
    ["rule", "value", { kind: "no-value" }],
    ["rule", "only after trial was accepted", { kind: "only-after", action: "trial", outcome: "accepted" }],
    ["rule", "not beside silver, which was accepted", { kind: "not-beside", action: "silver" }],
    ["consent", "email: withdrawn", { kind: "consent", channel: "email", verdict: "withdrawn" }],
    ["suppressed", "email", { kind: "channel", name: "email" }],
    ["quiet-hours", "Europe/Berlin", { kind: "quiet", place: "Europe/Berlin" }],
    ["cool-down", "2026-03-26T12:00:00.000Z", { kind: "resting", until: "2026-03-26T12:00:00.000Z" }],
    [
      "cool-down",
      "dismissed, until 2026-03-26T12:00:00.000Z",
      { kind: "resting", outcome: "dismissed", until: "2026-03-26T12:00:00.000Z" },
    ],
    ["stock", "budget", { kind: "budget" }],
    ["no-address", "only shown", { kind: "only-shown" }],
    ["no-address", "no treatment", { kind: "no-treatment" }],
    ["no-address", "sms", { kind: "channel", name: "sms" }],
    ["outranked", "doing nothing", { kind: "doing-nothing" }],
    ["outranked", "gold", { kind: "action", name: "gold" }],
  ])("reads the words of %s: %s", (reason, words, cause) => {
    const columns = packed({ a: "tea", c: [codeOf("policy", reason)], d: [words], b: [0] });
    const [rejection] = unpackRejections(columns);
    expect(rejection?.cause).toEqual(cause);
    expect(causeInWords(cause)).toBe(words);
  });
});
