import { beforeEach, describe, expect, it } from "vitest";
import { memoryDecisionStore } from "#adapters/memory/decision-store.ts";
import { memoryLearningStore } from "#adapters/memory/learning-store.ts";
import { BINNING_CUTS } from "#domain/learning/binning.ts";
import { healthOf } from "#domain/learning/health.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Decision } from "#domain/records/decision.ts";
import { MESSAGES_PLACEMENT } from "#domain/records/decision.ts";
import { seeded } from "#lab/seeded.ts";
import type { LearningStore } from "#ports/learning-store.ts";
import { system } from "#runtime/system.ts";
import { learnOutcomes } from "#usecases/learn/learn-outcomes.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const LEARNING = `
predictors: { orders: customer.orders }
outcomes: { clicked: 0.2, converted: 1 }
conversions: { Order Completed: 0.5 }
window: P2D
halfLife: P3000D
`;
const AT = Date.parse("2026-03-11T11:00:00.000Z");
const iso = (time: number): string => new Date(time).toISOString();

let playbook: CompiledPlaybook;
let store: LearningStore;
let decisions: ReturnType<typeof memoryDecisionStore>;

type Changes = { readonly placement?: string; readonly sendAt?: string };
const decisionOf = (decisionId: string, orders: number, changes: Changes): Decision => ({
  decisionId,
  customerId: "cus_1",
  placement: changes.placement ?? "web.home.hero",
  playbook: playbook.version,
  at: iso(AT),
  dryRun: false,
  depth: 0,
  actions: [
    {
      action: "hero",
      treatment: "hero",
      channel: "web",
      rank: 1,
      score: 1,
      propensity: 0.5,
      value: 1,
      reasons: [],
      probability: 0.7,
      ...(changes.sendAt === undefined ? {} : { sendAt: changes.sendAt }),
    },
  ],
  rejected: [],
  checks: [],
  learning: { model: playbook.learning?.model ?? "", values: [orders] },
});
const decided = async (decisionId: string, orders = 1, changes: Changes = {}) => {
  await decisions.commit({ decisions: [decisionOf(decisionId, orders, changes)], messages: [] });
};
const told = (decisionId: string, outcome: string, at = AT + 60_000) => ({
  v: 1 as const,
  eventId: `evt_${outcome}`,
  decisionId,
  action: "hero",
  outcome,
  at: iso(at),
});
const learn = (...outcomes: readonly ReturnType<typeof told>[]) =>
  learnOutcomes(
    {
      decisions,
      playbook: async () => playbook.document,
      learning: store,
      clock: { now: () => AT + 3_600_000 },
      pause: system.pause,
    },
    outcomes,
  );
const calibration = async () => {
  const { cells, binning } = await store.read(playbook.learning?.model ?? "");
  return healthOf(cells, binning, { now: AT, halfLifeDays: 3_000 }).flatMap((arm) => arm.calibration);
};
const learnt = async () => {
  const { cells } = await store.read(playbook.learning?.model ?? "");
  const { weight, sum } = cells.get("c|hero|web") ?? { weight: 0, sum: 0 };
  return { trials: weight, reward: sum };
};
const armCell = async () => {
  const { trials: weight, reward: sum } = await learnt();
  // Weights are those of the decision's own day.
  const unit = 2 ** ((AT - Date.UTC(2025, 0, 1)) / 86_400_000 / 3_000);
  return { trials: Math.round((weight / unit) * 1e6) / 1e6, reward: Math.round((sum / unit) * 1e6) / 1e6 };
};

beforeEach(async () => {
  playbook = await testPlaybook({ "learning.yaml": LEARNING });
  store = memoryLearningStore();
  decisions = memoryDecisionStore();
});

describe("measure/learn", () => {
  it("counts a trial when the customer sees it, and the reward when it comes", async () => {
    await decided("dec_1");
    await learn(told("dec_1", "shown"));
    expect(await armCell()).toEqual({ trials: 1, reward: 0 });
    await learn(told("dec_1", "clicked"));
    expect(await armCell()).toEqual({ trials: 1, reward: 0.2 });
  });

  it("counts each outcome once, told twice, at once or late", async () => {
    await decided("dec_1");
    await learn(told("dec_1", "clicked"), told("dec_1", "shown"), told("dec_1", "clicked"));
    await learn(told("dec_1", "shown"));
    await learn(told("dec_1", "clicked"));
    expect(await armCell()).toEqual({ trials: 1, reward: 0.2 });
  });

  it("counts the greatest of a choice's outcomes, not their sum", async () => {
    await decided("dec_1");
    await learn(told("dec_1", "clicked"));
    await learn(told("dec_1", "converted"));
    expect(await armCell()).toEqual({ trials: 1, reward: 1 });
  });

  it("counts nothing after the window, of unknown decisions, actions, or what the playbook does not name", async () => {
    await decided("dec_1");
    await learn(told("dec_1", "converted", AT + 3 * 86_400_000));
    await learn(told("dec_2", "clicked"), told("dec_1", "opened"));
    await learn({ ...told("dec_1", "clicked"), action: "other" });
    expect(await armCell()).toEqual({ trials: 0, reward: 0 });
  });

  it("owes what the customer did later to what was seen, whichever of the two is told first", async () => {
    await decided("dec_1");
    await learn(told("dec_1", "Order Completed"));
    await learn(told("dec_1", "Order Completed"));
    expect(await armCell()).toEqual({ trials: 0, reward: 0 });
    await learn(told("dec_1", "sent"));
    expect(await armCell()).toEqual({ trials: 1, reward: 0.5 });
    await learn(told("dec_1", "Order Completed"), told("dec_1", "sent"), told("dec_1", "converted"));
    expect(await armCell()).toEqual({ trials: 1, reward: 1 });
  });

  it("takes what came of a choice for a sign that it was seen", async () => {
    await decided("dec_1");
    await decided("dec_2");
    await learn(told("dec_1", "Order Completed"), told("dec_1", "clicked"));
    await learn(told("dec_2", "clicked"), told("dec_2", "Order Completed"));
    expect(await armCell()).toEqual({ trials: 2, reward: 1 });
  });

  it("counts the window of a message that waited from its leaving", async () => {
    const leaves = AT + 10 * 86_400_000;
    await decided("dec_1", 1, { sendAt: iso(leaves) });
    await learn(told("dec_1", "sent", leaves), told("dec_1", "converted", leaves + 3 * 86_400_000));
    expect((await learnt()).reward).toBe(0);
    await learn(told("dec_1", "clicked", leaves + 86_400_000));
    expect((await learnt()).reward / (await learnt()).trials).toBeCloseTo(0.2, 9);
  });

  it("holds against no model what an application asked for by name", async () => {
    await decided("dec_1", 1, { placement: MESSAGES_PLACEMENT });
    await learn(told("dec_1", "sent"), told("dec_1", "clicked"));
    expect(await armCell()).toEqual({ trials: 1, reward: 0.2 });
    expect(await calibration()).toEqual([]);
    await decided("dec_2");
    await learn(told("dec_2", "shown"));
    expect(await calibration()).toMatchObject([{ expected: 0.5 }]);
  });

  it("loses nothing when many learn at the same time", async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `dec_${n}`);
    for (const id of ids) await decided(id);
    await Promise.all(ids.flatMap((id) => [learn(told(id, "shown")), learn(told(id, "clicked"))]));
    expect(await armCell()).toEqual({ trials: 20, reward: 4 });
  });

  it("cuts bins from the first sample and keeps what was learnt before", async () => {
    const random = seeded(9);
    const [first] = BINNING_CUTS;
    const ids = Array.from({ length: first }, (_, n) => `dec_${n}`);
    for (const id of ids) await decided(id, Math.floor(random() * 10));
    for (let from = 0; from < first; from += 20) {
      await learn(...ids.slice(from, from + 20).map((id) => told(id, "shown")));
    }
    const model = await store.read(playbook.learning?.model ?? "");
    expect(model.cuts).toBe(1);
    expect(model.binning.orders).toMatchObject({ kind: "number" });
    expect(await armCell()).toEqual({ trials: first, reward: 0 });
    const bins = [...model.cells].filter(([key]) => key.startsWith("p|hero|web|orders|"));
    expect(bins.length).toBeGreaterThan(2);
  });
});
