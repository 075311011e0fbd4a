import { describe, expect, it } from "vitest";
import { decide } from "#domain/decision/decide.ts";
import { scoreModel } from "#domain/playbook/compile/model-rule.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { ModelFile } from "#domain/playbook/schema/model-file.ts";
import { testFiles, testPlaybook } from "../../support/playbook/files.ts";

const logistic = (changes: Record<string, unknown> = {}): string =>
  JSON.stringify(
    { kind: "logistic", actions: ["hero"], intercept: -1, coefficients: { orders: 0.5, vip: 1 }, ...changes },
    null,
    2,
  );
const TREES = {
  kind: "trees",
  actions: ["hero"],
  intercept: 0.1,
  trees: [
    [
      { predictor: "age", below: 30, yes: 1, no: 2, missing: "yes" },
      { leaf: 0.4 },
      { predictor: "orders", below: 2, yes: 3, no: 4 },
      { leaf: -0.2 },
      { leaf: 0.9 },
    ],
    [{ leaf: 0.05 }],
  ],
};
const errorsOf = async (model: string) => {
  const { errors } = await parsePlaybook(testFiles({ "models/own.json": model }), async (html) => ({
    html,
    problems: [],
  }));
  return errors.map(({ file, line, code }) => `${file}:${line} ${code}`);
};
const scoreWith = (model: unknown, values: Record<string, number | string | boolean>) =>
  scoreModel(ModelFile.parse(model), (name) => values[name] ?? null);
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

describe("a company's own model", () => {
  it("gives the propensity of its actions", async () => {
    const playbook = await testPlaybook({ "models/own.json": logistic() });
    const { decision } = decide({
      playbook,
      record: null,
      placement: "web.home.hero",
      mode: "answer",
      decisionId: "dec_1",
      now: Date.parse("2026-03-11T11:00:00.000Z"),
    });
    const hero = decision.actions.find(({ action }) => action === "hero");
    // Nothing is known of a stranger: the intercept alone.
    expect(hero?.propensity ?? sigmoid(-1)).toBeCloseTo(sigmoid(-1), 9);
    const rule = playbook.actionByName.get("hero")?.rules.propensity;
    if (typeof rule !== "object" || rule === null) throw new Error("the model is a rule");
    expect(rule.evaluate({ customer: { orders: 4, vip: true } })).toBeCloseTo(sigmoid(2), 9);
  });

  it("adds weights, what stands for missing values, and one number for each text", () => {
    const model = {
      kind: "logistic",
      actions: ["hero"],
      intercept: 1,
      coefficients: { age: { weight: 0.1, missing: 40 }, tier: { values: { gold: 2 } } },
    };
    expect(scoreWith(model, { age: 10, tier: "gold" })).toBeCloseTo(sigmoid(4), 9);
    expect(scoreWith(model, { tier: "tin" })).toBeCloseTo(sigmoid(5), 9);
  });

  it.each([
    [{ age: 20 }, 0.4],
    [{}, 0.4],
    [{ age: 50, orders: 1 }, -0.2],
    [{ age: 50, orders: 2 }, 0.9],
    [{ age: 50 }, 0.9],
  ])("walks its trees with %o", (values, leaf) => {
    expect(scoreWith(TREES, values)).toBeCloseTo(sigmoid(0.1 + leaf + 0.05), 9);
  });

  it("adds nothing for a text that it does not know, whatever the text", () => {
    const model = {
      kind: "logistic",
      actions: ["hero"],
      intercept: 1,
      coefficients: { tier: { values: { gold: 1 } } },
    };
    for (const tier of ["bronze", "constructor", "toString", "__proto__"]) {
      expect(scoreWith(model, { tier })).toBeCloseTo(sigmoid(1), 9);
    }
  });

  it("is taken when it is right", async () => {
    expect(await errorsOf(logistic())).toEqual([]);
    expect(await errorsOf(JSON.stringify(TREES))).toEqual([]);
  });

  it.each([
    ["an unknown predictor", logistic({ coefficients: { ordrs: 1 } }), "models/own.json:8 unknown-predictor"],
    ["an unknown action", logistic({ actions: ["heroo"] }), "models/own.json:4 unknown-action"],
    ["not-a-number", logistic().replace("-1", "NaN"), "models/own.json:6 invalid-value"],
    ["an infinite number", logistic().replace("-1", "1e999"), "models/own.json:6 invalid-value"],
    ["a number that YAML calls none", logistic().replace("-1", ".nan"), "models/own.json:6 invalid-value"],
    [
      "a tree that goes in circles",
      JSON.stringify({ ...TREES, trees: [[{ predictor: "age", below: 1, yes: 0, no: 1 }, { leaf: 1 }]] }),
      "models/own.json:1 wrong-node",
    ],
    [
      "a tree that leads nowhere",
      JSON.stringify({ ...TREES, trees: [[{ predictor: "age", below: 1, yes: 1, no: 7 }, { leaf: 1 }]] }),
      "models/own.json:1 wrong-node",
    ],
    [
      "a node that no other leads to",
      JSON.stringify({ ...TREES, trees: [[{ leaf: 1 }, { leaf: 2 }]] }),
      "models/own.json:1 unreachable-node",
    ],
    ["a weight on a text", logistic({ coefficients: { firstName: 1 } }), "models/own.json:8 wrong-type"],
    [
      "texts of a number",
      logistic({ coefficients: { orders: { values: { 1: 1 } } } }),
      "models/own.json:8 wrong-type",
    ],
    [
      "a tree that splits a text",
      JSON.stringify({
        ...TREES,
        trees: [[{ predictor: "firstName", below: 1, yes: 1, no: 1 }, { leaf: 1 }]],
      }),
      "models/own.json:1 wrong-type",
    ],
    ["no action", logistic({ actions: [] }), "models/own.json:3 invalid-value"],
    ["a kind that there is not", logistic({ kind: "neural" }), "models/own.json:2 invalid-value"],
  ])("is refused at the line with %s", async (_what, model, finding) => {
    expect(await errorsOf(model)).toContain(finding);
  });

  it("is told all kinds that there are, and nothing else, when its own is none", async () => {
    const files = testFiles({ "models/own.json": logistic({ kind: "neural" }) });
    const { errors } = await parsePlaybook(files, async (html) => ({ html, problems: [] }));
    expect(errors).toMatchObject([{ expected: expect.stringMatching(/logistic.*trees/) }]);
  });

  it.each([
    ["a leaf", [{ leaf: "x" }], "models/own.json:1 invalid-value"],
    [
      "a split",
      [{ predictor: "age", below: "x", yes: 1, no: 1 }, { leaf: 1 }],
      "models/own.json:1 invalid-value",
    ],
    [
      "a forgotten member",
      [{ predictor: "age", below: 1, yes: 1 }, { leaf: 1 }],
      "models/own.json:1 missing-field",
    ],
  ])("is told what is wrong with %s of its own kind, and nothing of others", async (_what, tree, finding) => {
    expect(await errorsOf(JSON.stringify({ ...TREES, trees: [tree] }))).toEqual([finding]);
  });

  it("is told its kinds when it names none", async () => {
    const { kind: _, ...kindless } = TREES;
    const files = testFiles({ "models/own.json": JSON.stringify(kindless) });
    const { errors } = await parsePlaybook(files, async (html) => ({ html, problems: [] }));
    expect(errors).toMatchObject([
      { code: "missing-field", message: '"kind" is missing', expected: "one of: logistic, trees" },
    ]);
  });

  it("is refused where the action gives its propensity itself", async () => {
    const hero = `
category: marketing
placements: [web.home.hero]
propensity: 0.3
treatments: [{ channel: web, content: { headline: Hello } }]
`;
    const files = testFiles({ "models/own.json": logistic(), "actions/hero.yaml": hero });
    const { errors } = await parsePlaybook(files, async (html) => ({ html, problems: [] }));
    expect(errors.map(({ code }) => code)).toEqual(["given-twice"]);
  });
});
