import { describe, expect, it } from "vitest";
import { memoryDecisionStore } from "#adapters/memory/decision-store.ts";
import { memoryLearningStore } from "#adapters/memory/learning-store.ts";
import { anybodysModel, forAnybody } from "#domain/learning/anybodys.ts";
import { recordedConversion, recordedOutcome } from "#domain/outcome/recorded.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Standing } from "#domain/records/event.ts";
import { OutcomeRecorded } from "#events/outcome-recorded.ts";
import { parse } from "#runtime/parse.ts";
import { system } from "#runtime/system.ts";
import { learnOutcomes } from "#usecases/learn/learn-outcomes.ts";
import { TEST_FILES, testPlaybook } from "../../support/playbook/files.ts";

const LEARNING = `
predictors: { orders: customer.orders }
outcomes: { clicked: 0.2 }
conversions: { Order Completed: 1 }
`;
const AT = "2026-03-11T11:00:00.000Z";
const files = { "learning.yaml": LEARNING };
const open = { "data-model.yaml": `publicKeys: { outcomes: any }\n${TEST_FILES["data-model.yaml"]}` };

/** One decision, made for a known customer or for whoever asks with a public key, and what is told of it. */
const decidedFor = async (whom: "customer" | "anybody", playbook: CompiledPlaybook) => {
  const decisions = memoryDecisionStore();
  const store = memoryLearningStore();
  const own = playbook.learning?.model ?? "";
  const model = (whom === "customer" ? playbook : forAnybody(playbook)).learning?.model ?? "";
  const hero = {
    action: "hero",
    treatment: "hero",
    channel: "web",
    rank: 1,
    score: 1,
    value: 1,
    reasons: [],
  };
  await decisions.commit({
    decisions: [
      {
        decisionId: "dec_1",
        customerId: "cus_1",
        placement: "web.home.hero",
        playbook: playbook.version,
        at: AT,
        dryRun: false,
        depth: 0,
        actions: [{ ...hero, propensity: 0.5, probability: 0.7 }],
        rejected: [],
        checks: [],
        learning: { model, values: [1] },
      },
    ],
    messages: [],
  });
  const learn = async (fact: { readonly detail: unknown } | null) =>
    learnOutcomes(
      {
        decisions,
        playbook: async () => playbook.document,
        learning: store,
        clock: { now: () => Date.parse(AT) + 3_600_000 },
        pause: system.pause,
      },
      fact === null ? [] : [parse(OutcomeRecorded.schema, fact.detail)],
    );
  const sums = async (name: string) => (await store.read(name)).cells.get("c|hero|web")?.weight ?? 0;
  return {
    outcome: (standing: Standing | undefined) => {
      const properties = { decisionId: "dec_1", action: "hero", outcome: "clicked" };
      const event = { id: "evt_1", type: "outcome" as const, properties, at: AT };
      return learn(recordedOutcome({ ...event, ...(standing && { standing }) }, playbook.learning));
    },
    conversion: async (standing: Standing | undefined) => {
      const contact = {
        id: "c",
        at: AT,
        kind: "impression",
        channel: "web",
        category: "m",
        treatment: "hero",
      } as const;
      const contacts = [{ ...contact, decisionId: "dec_1", action: "hero" }];
      const event = { id: "evt_2", type: "track" as const, name: "Order Completed", at: AT, imported: false };
      const said = { ...event, ...(standing && { standing }) };
      await learn(recordedConversion(said, contacts, playbook.learning));
      await learn(
        recordedOutcome(
          {
            id: "evt_3",
            type: "outcome",
            at: AT,
            properties: { decisionId: "dec_1", action: "hero", outcome: "shown" },
          },
          playbook.learning,
        ),
      );
      return (await store.read(own)).cells.get("c|hero|web")?.sum ?? 0;
    },
    everybodys: async () => (await sums(own)) > 0,
    visitors: async () => (await sums(anybodysModel(own))) > 0,
  };
};

describe("an outcome that a public key reports", () => {
  it("should teach nothing about what was decided for somebody it cannot prove to be", async () => {
    const { outcome, everybodys, visitors } = await decidedFor("customer", await testPlaybook(files));

    await outcome("public");

    expect([await everybodys(), await visitors()]).toEqual([false, false]);
  });

  it("should teach nothing either as an event of the customer's", async () => {
    const { conversion } = await decidedFor("customer", await testPlaybook(files));
    expect(await conversion("public")).toBe(0);
  });

  it("should teach what visitors are shown, where a visitor was decided about, and nothing else", async () => {
    const { outcome, everybodys, visitors } = await decidedFor("anybody", await testPlaybook(files));

    await outcome("public");

    expect([await everybodys(), await visitors()]).toEqual([false, true]);
  });

  it("should teach everybody's model where the playbook lets it", async () => {
    const { outcome, everybodys, visitors } = await decidedFor(
      "anybody",
      await testPlaybook({ ...files, ...open }),
    );

    await outcome("public");

    expect([await everybodys(), await visitors()]).toEqual([true, false]);
  });
});

describe("an outcome that the hub, the company, or the customer with a proof reports", () => {
  it.each([undefined, "trusted", "proven"] as const)("should teach as ever (%s)", async (standing) => {
    const { outcome, everybodys } = await decidedFor("customer", await testPlaybook(files));

    await outcome(standing);

    expect(await everybodys()).toBe(true);
  });

  it.each([undefined, "trusted", "proven"] as const)(
    "should teach as ever by an event that is a success (%s)",
    async (standing) => {
      const { conversion } = await decidedFor("customer", await testPlaybook(files));
      expect(await conversion(standing)).toBeGreaterThan(0);
    },
  );
});
