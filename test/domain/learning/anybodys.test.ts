import { describe, expect, it } from "vitest";
import { forAnybody, modelTaught } from "#domain/learning/anybodys.ts";
import { choiceOf } from "#domain/learning/credit.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { Decision } from "#domain/records/decision.ts";
import { action, decideFor, iso, NOON, playbookOf } from "../../support/decisions/decision.ts";

const LEARNING = {
  model: "m",
  learner: "counters",
  predictors: [{ name: "age" }, { name: "city" }],
  segmentBy: 0,
  outcomes: { clicked: 0.2 },
  conversions: {},
  windowMs: 86_400_000,
  halfLifeDays: 30,
  impressions: "reported",
  exploration: { method: "none", floor: 0, greed: 1, optimism: 0 },
} as unknown as NonNullable<PlaybookDocument["learning"]>;
const playbook = playbookOf({ actions: [action("tea"), action("cake")] });
const learnt = {
  ...playbook,
  document: { ...playbook.document, learning: LEARNING },
  learning: LEARNING,
} as never as typeof playbook;
const trusting = (one: typeof playbook) => ({
  ...one,
  document: {
    ...one.document,
    dataModel: { ...one.document.dataModel, publicKeys: { outcomes: "any" } },
  } as never as PlaybookDocument,
});

describe("what public keys report", () => {
  it("teaches a model of its own, which decides for those who speak by one", () => {
    expect(forAnybody(learnt).learning?.model).toBe("m-anybody");
    expect(forAnybody(learnt)).toBe(forAnybody(learnt));
    expect(learnt.learning?.model).toBe("m");
  });

  it("teaches everybody's model where the playbook says so, and none where it does not learn", () => {
    expect(forAnybody(trusting(learnt)).learning?.model).toBe("m");
    expect(forAnybody(playbook)).toBe(playbook);
  });

  it.each([
    ["m", undefined, "m", "m"],
    ["m", "public", null, "m"],
    ["m-anybody", "public", "m-anybody", "m-anybody"],
    ["m-anybody", undefined, "m-anybody", "m-anybody"],
    ["another", undefined, null, null],
    [undefined, undefined, null, null],
  ] as const)(
    "of a decision by %j, told by %j, teaches %j, and %j where public keys may teach",
    (by, who, model, open) => {
      expect(modelTaught(learnt.document, by, who)).toBe(model);
      expect(modelTaught(trusting(learnt).document, by, who)).toBe(open);
      expect(modelTaught(playbook.document, by, who)).toBeNull();
    },
  );
});

describe("the choice that an outcome is credited to", () => {
  const decided = decideFor(playbook).decision;
  const decision: Decision = {
    ...decided,
    actions: decided.actions.map((one) => ({ ...one, action: "tea", propensity: 0.4 })),
    learning: { model: "m", values: [30], foreseen: { tea: [0.1, 0.2] } } as never,
  };
  const choice = (of: Partial<Decision> = {}, name = "tea", document = learnt.document) =>
    choiceOf({ ...decision, ...of }, { action: name }, document);

  it("is of its action, its channel, and what was known of the customer then", () => {
    expect(choice()).toStrictEqual({
      learning: LEARNING,
      arm: { action: "tea", group: "tea", channel: "email" },
      features: { age: 30, city: null },
      expected: 0.4,
      foreseen: { counters: 0.1, linear: 0.2 },
      at: NOON,
    });
  });

  it("was made when its message was to leave, and expected nothing of what was asked for by name", () => {
    const later = decision.actions.map((one) => ({ ...one, sendAt: iso(NOON + 5) }));
    expect(choice({ actions: later })?.at).toBe(NOON + 5);
    expect(choice({ placement: "api.messages" })).not.toHaveProperty("expected");
    expect(choice({ learning: { model: "m", values: [30] } as never })).not.toHaveProperty("foreseen");
  });

  it("is none where nothing was chosen, declared or learnt", () => {
    const { learning: _, ...unlearnt } = decision;
    expect(choice({}, "cake")).toBeNull();
    expect(
      choice({ actions: decision.actions.map((one) => ({ ...one, action: "gone" })) }, "gone"),
    ).toBeNull();
    expect(choiceOf(unlearnt, { action: "tea" }, learnt.document)).toBeNull();
    expect(choice({}, "tea", playbook.document)).toBeNull();
    expect(choiceOf(decision, { action: "tea", standing: "public" }, learnt.document)).toBeNull();
  });
});
