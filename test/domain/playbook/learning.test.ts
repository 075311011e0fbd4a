import { describe, expect, it } from "vitest";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { ownFindings, testFiles, testPlaybook } from "../../support/playbook/files.ts";

const findingsOf = async (files: Record<string, string>) => {
  const { errors, warnings } = await parsePlaybook(testFiles(files), async (html) => ({
    html,
    problems: [],
  }));
  return ownFindings([...errors, ...warnings]).map(({ file, line, code }) => `${file}:${line} ${code}`);
};
const learning = (lines: string) => findingsOf({ "learning.yaml": `outcomes: { clicked: 1 }\n${lines}\n` });
/** With two computed traits of e-mail addresses: one that is an address, one that counts them. */
const predictor = (formula: string) => {
  const { "data-model.yaml": dataModel = "" } = testFiles();
  return findingsOf({
    "data-model.yaml": dataModel
      .replace("traits:", "traits:\n  emailed: number")
      .replace(
        "computed:",
        `computed:
  lastMail: { kind: last, event: Signed Up, property: email, type: string }
  mails: { kind: distinct, event: Signed Up, property: email }`,
      )
      .replace("Signed Up: {}", "Signed Up: { email: string }"),
    "learning.yaml": `outcomes: { clicked: 1 }\npredictors: { x: '${formula}' }\n`,
  });
};
const experiment = (lines: string) =>
  findingsOf({ "experiments.yaml": `test:\n  goals: { Order Completed: 1 }\n${lines}\n` });

describe("learning.yaml", () => {
  it("fills in what it does not say", async () => {
    const playbook = await testPlaybook({ "learning.yaml": "outcomes: { clicked: 1 }\n" });
    expect(playbook.learning).toMatchObject({
      learner: "auto",
      windowMs: 7 * 86_400_000,
      halfLifeDays: 60,
      impressions: "answered",
      exploration: { method: "inverse-gap" },
    });
  });
  it("makes another model of other predictors, and the same of other outcomes or exploring", async () => {
    const model = async (text: string) =>
      (await testPlaybook({ "learning.yaml": `outcomes: { clicked: 1 }\n${text}\n` })).learning?.model;
    const plain = await model("");
    expect(await model("predictors: { orders: customer.orders }")).not.toBe(plain);
    expect(await model("learner: linear")).not.toBe(plain);
    expect(await model("exploration: { greed: 9 }")).toBe(plain);
  });
  it.each([
    ["an unknown trait", "predictors: { x: customer.oders }", "learning.yaml:2 feel-unknown-entry"],
    ["a broken formula", "predictors: { x: customer. }", "learning.yaml:2 feel-syntax"],
    ["an unknown event", "conversions: { Order Complete: 1 }", "learning.yaml:2 unknown-event"],
    ["a half life that outgrows numbers", "halfLife: P1D", "learning.yaml:2 too-short"],
    ["an unknown method", "exploration: { method: random }", "learning.yaml:2 invalid-value"],
    ["a floor above one", "exploration: { floor: 2 }", "learning.yaml:2 invalid-value"],
    ["an unknown field", "predictor: {}", "learning.yaml:2 unknown-field"],
  ])("is refused with %s, at the line", async (_what, lines, finding) => {
    expect((await learning(lines)).join("\n")).toContain(finding.split(" ")[0]);
    expect(await learning(lines)).toContain(finding);
  });
  it.each([
    "customer.email",
    "customer  .email",
    "upper case(customer.phone)",
    "customer.lastMail",
    "customer.customerId",
    "event.email",
    "event.properties.e_mail",
    "context.Email",
    "context.caller.phone",
    "data.userId",
  ])("is refused with %s, which names or reaches a person", async (formula) => {
    expect(await predictor(formula)).toEqual(["learning.yaml:2 personal-predictor"]);
  });
  it.each([
    'get value(customer, "email")',
    'customer["email"]',
    "{x: customer}.x.email",
    "for c in [customer] return c.email",
    "[customer][email != null][1].email",
    'get value(event, "email")',
    'get value(event.properties, "email")',
    "string(context)",
    "string(data)",
  ])("is refused with %s, which may read anything", async (formula) => {
    expect(await predictor(formula)).toEqual(["learning.yaml:2 whole-predictor"]);
  });
  it.each([
    "customer.orders",
    "customer.mails",
    "customer.emailed",
    "context.weather",
    "event.properties.price",
    "event.name",
    "if customer.vip then brand.locale else data.kind",
  ])("may have the predictor %s", async (formula) => {
    expect(await predictor(formula)).toEqual([]);
  });
  it("is refused when seeing counts as success, or nothing does", async () => {
    expect(await findingsOf({ "learning.yaml": "outcomes: { sent: 1 }\n" })).toEqual([
      "learning.yaml:1 not-an-outcome",
    ]);
    expect(await findingsOf({ "learning.yaml": "outcomes: {}\n" })).toEqual(["learning.yaml:1 no-outcome"]);
  });
});

describe("experiments.yaml", () => {
  it("is taken when it is right", async () => {
    expect(await experiment("  variants: { a: {}, b: { levers: { hero: 2 } } }")).toEqual([]);
  });
  it.each([
    ["one variant", "  variants: { a: {} }", "experiments.yaml:3 too-few"],
    [
      "an unknown action",
      "  variants: { a: {}, b: { levers: { heros: 2 } } }",
      "experiments.yaml:3 unknown-action",
    ],
    [
      "an unknown treatment",
      "  variants: { a: {}, b: { treatments: { hero: long } } }",
      "experiments.yaml:3 unknown-treatment",
    ],
    [
      "an unknown control",
      "  variants: { a: {}, b: {} }\n  control: c",
      "experiments.yaml:4 unknown-variant",
    ],
    [
      "an unknown placement",
      "  variants: { a: {}, b: {} }\n  placements: [web.hom.hero]",
      "experiments.yaml:4 unknown-placement",
    ],
  ])("is refused with %s, at the line", async (_what, lines, finding) => {
    expect(await experiment(lines)).toContain(finding);
  });
  it("is refused with a goal that nobody tells", async () => {
    const files = { "experiments.yaml": "t:\n  variants: { a: {}, b: {} }\n  goals: { Order Done: 1 }\n" };
    expect(await findingsOf(files)).toContain("experiments.yaml:3 unknown-event");
  });
});
