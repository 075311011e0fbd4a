import { describe, expect, it } from "vitest";
import { outcomesKnownTo } from "#domain/outcome/known-outcomes.ts";
import type { ComputedTrait } from "#domain/playbook/model/data-model.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const known = async (files: Readonly<Record<string, string>> = {}) =>
  outcomesKnownTo((await testPlaybook(files)).document);

describe("the outcomes that a playbook knows", () => {
  it("are those that arise by themselves, those by their usual names, and each once", async () => {
    const names = await known();
    expect(names).toEqual([...new Set(names)]);
    for (const usual of [
      "clicked",
      "unsubscribed",
      "shown",
      "accepted",
      "converted",
      "dismissed",
      "declined",
    ]) {
      expect(names).toContain(usual);
    }
    expect(names).not.toContain("tasted");
  });

  it.each([
    ["models learn", { "learning.yaml": "outcomes: { tasted: 1 }\n" }],
    [
      "actions rest",
      {
        "contact-policy.yaml":
          "categories: { marketing: { consent: express }, transactional: { consent: none, transactional: true } }\ncoolDowns: [{ outcome: tasted, for: P1D }]\n",
      },
    ],
    [
      "another action waits",
      {
        "actions/hero.yaml":
          "category: marketing\nplacements: [web.home.hero]\nrequires: [{ action: welcome, outcome: tasted }]\ntreatments: [{ channel: web, content: { headline: Hello } }]\n",
      },
    ],
    [
      "something is triggered or stopped",
      {
        "triggers.yaml":
          "welcome: { on: outcome.tasted }\ncart-abandoned: { on: Product Added, after: PT1H, unless: Order Completed }\norder-confirmed: { on: Order Completed }\n",
      },
    ],
    [
      "variants are compared",
      {
        "experiments.yaml":
          "heroes: { variants: { a: {}, b: { levers: { hero: 2 } } }, goals: { outcome.tasted: 1 } }\n",
      },
    ],
  ])("are those by which %s", async (_what, files) => {
    expect(await known(files)).toContain("tasted");
  });

  it("are those that customers are counted by", async () => {
    const { document } = await testPlaybook();
    const tasted: ComputedTrait = { name: "tasted", kind: "count", type: "number", event: "outcome.tasted" };
    const dataModel = { ...document.dataModel, computed: [...document.dataModel.computed, tasted] };
    expect(outcomesKnownTo({ ...document, dataModel })).toContain("tasted");
  });
});
