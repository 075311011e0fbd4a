import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoDecisionStore } from "#adapters/dynamodb/decisions/decision-store.ts";
import { dynamoHeldOffers } from "#adapters/dynamodb/offers/held-units.ts";
import { memoryCustomerStore, memoryCustomers } from "#adapters/memory/customer-store.ts";
import { memoryDecisionStore } from "#adapters/memory/decision-store.ts";
import { decide } from "#domain/decision/decide.ts";
import type { DecideInput } from "#domain/decision/input/input.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { DecisionStore } from "#ports/decision-store.ts";
import { system } from "#runtime/system.ts";
import { commitDecision } from "#usecases/decide/commit.ts";
import { type DynamoEngine, startDynamoEngine } from "../support/aws/dynamo-engine.ts";
import { action, customer, HOUR, NOON, playbookOf } from "../support/decisions/decision.ts";

const web = { placements: ["web.home.hero"], treatments: [{ name: "banner", channel: "web", weight: 1 }] };
const LIMIT = 100;
const shop = playbookOf({
  actions: [
    action("limited", { ...web, value: 90, stock: { limit: LIMIT, holdMs: HOUR } }),
    action("scarce", { ...web, placements: ["web.side"], stock: { limit: 1, holdMs: HOUR } }),
    action("dear", {
      ...web,
      placements: ["web.budget"],
      value: 50,
      budget: { max: 1, perMs: 24 * HOUR, cost: 0.3 },
    }),
    action("plenty", { ...web, placements: ["web.home.hero", "web.side", "web.budget"], value: 2 }),
  ],
  placements: ["web.home.hero", "web.side", "web.budget"].map((name) => ({ name, limit: 1, channels: [] })),
});

let engine: DynamoEngine;
beforeAll(async () => {
  engine = await startDynamoEngine();
});
afterAll(() => engine.stop());

let ids = 0;
const stores: readonly (readonly [string, () => DecisionStore])[] = [
  [
    "DynamoDB",
    () =>
      dynamoDecisionStore({ client: engine.client, customersTable: "customers", historyTable: "history" }),
  ],
  ["memory", () => memoryDecisionStore()],
];

/** Decides and records as the functions do; answers the name of the action, and the decision's record. */
const decideWith = async (
  store: DecisionStore,
  input: Partial<DecideInput> = {},
  record: CustomerRecord | null = null,
) => {
  ids += 1;
  const decisionId = `dec_${ids}`;
  const customers = memoryCustomerStore(new Map(), memoryCustomers());
  const { decisions } = await commitDecision(
    { ...system, customers, decisions: store },
    record,
    (_, unavailable) => [
      decide({
        playbook: shop,
        record,
        placement: "web.home.hero",
        mode: "answer",
        decisionId,
        now: NOON,
        unavailable,
        ...input,
      }),
    ],
  );
  const chosen = decisions[0]?.actions[0];
  return { name: chosen?.action, decisionId, heldUntil: chosen?.heldUntil, rejected: decisions[0]?.rejected };
};

describe.each(stores)("a limited offer, in %s", (_, open) => {
  it("is promised exactly as often as there is stock, under a thousand decisions at once", async () => {
    const instances = Array.from({ length: 8 }, open);
    const store = open();
    const all = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) =>
        decideWith(open === stores[1]?.[1] ? store : (instances[index % instances.length] ?? store)),
      ),
    );
    expect(all.filter(({ name }) => name === "limited")).toHaveLength(LIMIT);
    expect(all.filter(({ name }) => name === "plenty")).toHaveLength(1_000 - LIMIT);
    const outsold = all.find(({ name }) => name === "plenty")?.rejected;
    expect(outsold).toContainEqual({
      action: "limited",
      stage: "eligibility",
      reason: "stock",
      cause: { kind: "stock" },
    });
  });

  it("with a budget stops before the period's money is exceeded, and goes on in the next period", async () => {
    const store = open();
    const names: (string | undefined)[] = [];
    for (let time = 0; time < 5; time += 1) {
      names.push((await decideWith(store, { placement: "web.budget" })).name);
    }
    expect(names).toEqual(["dear", "dear", "dear", "plenty", "plenty"]);
    const tomorrow = open === stores[1]?.[1] ? store : open();
    const next = await decideWith(tomorrow, { placement: "web.budget", now: NOON + 24 * HOUR });
    expect(next.name).toBe("dear");
  });
});

describe("a unit held for somebody who was shown it", () => {
  const side = { placement: "web.side" };
  const open = () => stores[0]?.[1]() ?? memoryDecisionStore();

  it("goes to somebody else once the hold has run out, and to nobody before", async () => {
    expect((await decideWith(open(), side)).name).toBe("scarce");
    expect((await decideWith(open(), { ...side, now: NOON + HOUR / 2 })).name).toBe("plenty");
    expect((await decideWith(open(), { ...side, now: NOON + 2 * HOUR })).name).toBe("scarce");
    expect((await decideWith(open(), { ...side, now: NOON + 2 * HOUR })).name).toBe("plenty");
  });

  it("stays taken when the offer was accepted, however often that is told", async () => {
    const shown = await decideWith(open(), { ...side, now: NOON + 9 * HOUR });
    expect(shown).toMatchObject({ name: "scarce", heldUntil: expect.any(String) });
    const { decisionId, heldUntil = "" } = shown;
    const offers = dynamoHeldOffers({
      client: engine.client,
      customersTable: "customers",
      historyTable: "history",
    });
    for (const _ of [1, 2]) {
      await offers.keep({ decisionId, action: "scarce", heldUntil, customerId: null }, 1);
    }
    expect((await decideWith(open(), { ...side, now: NOON + 99 * HOUR })).name).toBe("plenty");
  });
});

describe("the same customer", () => {
  it("is shown a held offer again without taking another unit", () => {
    const record = customer();
    const input = {
      playbook: shop,
      record,
      placement: "web.side",
      mode: "answer",
      decisionId: "dec_a",
      now: NOON,
    } as const;
    const first = decide(input);
    expect(first.claims).toMatchObject([{ action: "scarce", stock: { limit: 1 } }]);
    const { contact } = first;
    if (contact === undefined) throw new Error("nothing was reserved");
    const again = decide({ ...input, record: { ...record, contact }, decisionId: "dec_b" });
    expect(again.decision.actions[0]).toMatchObject({
      action: "scarce",
      heldUntil: first.decision.actions[0]?.heldUntil,
    });
    expect(again.claims).toBeUndefined();
  });

  it("is sent the offer of which it sees one with a unit of its own: the held one comes back", () => {
    const held = { holds: { scarce: "2026-03-11T12:00:00.000Z" } };
    const record = customer();
    const input = {
      playbook: playbookOf({ actions: [action("scarce", { stock: { limit: 1, holdMs: HOUR } })] }),
      record: { ...record, contact: { ...record.contact, ...held } },
      placement: "trigger.cart",
      mode: "message",
      decisionId: "dec_m",
      now: NOON,
    } as const;
    const sent = decide(input);
    expect(sent.claims).toEqual([{ action: "scarce", stock: { limit: 1 } }]);
    const { contact = record.contact } = sent;
    const again = decide({ ...input, record: { ...record, contact }, decisionId: "dec_n" });
    expect(again.decision.actions).toMatchObject([{ action: "scarce" }]);
    expect(again.claims).toBeUndefined();
    const gone = decide({ ...input, unavailable: new Map([["scarce", "stock"]]) });
    expect(gone.decision.rejected).toMatchObject([{ action: "scarce", reason: "stock" }]);
  });

  it("is asked dry without taking any", () => {
    const input = { playbook: shop, record: customer(), placement: "web.side", mode: "answer" } as const;
    const dry = decide({ ...input, decisionId: "dec_c", now: NOON, dryRun: true });
    expect(dry.decision.actions[0]?.action).toBe("scarce");
    expect(dry.claims).toBeUndefined();
  });
});
