import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoDataKeys } from "../../shared/adapters/dynamodb/data-keys.ts";
import { dynamoDecisionStore } from "../../shared/adapters/dynamodb/decision-store.ts";
import { dynamoHistoryStore } from "../../shared/adapters/dynamodb/history-store.ts";
import { dynamoOutcomeFacts } from "../../shared/adapters/dynamodb/outcome-facts.ts";
import type { Decision } from "../../shared/domain/decision/types.ts";
import { decisionOutcome } from "../../shared/domain/outcome/decision-outcome.ts";
import { eventHistory } from "../../shared/domain/profile/facts.ts";
import { type DynamoEngine, startDynamoEngine } from "../support/dynamo-engine.ts";

const AT = "2026-11-21T10:00:00.000Z";
const DAY = 86_400_000;
const later = (days: number): string => new Date(Date.parse(AT) + days * DAY).toISOString();

const decision = (decisionId: string, customerId: string | null): Decision => ({
  decisionId,
  customerId,
  placement: "web.home.hero",
  playbook: "v1",
  at: AT,
  dryRun: false,
  depth: 0,
  actions: [],
  rejected: [],
  checks: [],
});

let engine: DynamoEngine;
beforeAll(async () => {
  engine = await startDynamoEngine();
});
afterAll(() => engine.stop());

describe("keys of the decision log", () => {
  it("are found by customer, and by decision where nobody was known; an erased one is missing", async () => {
    const tables = { client: engine.client, customersTable: "customers", historyTable: "history" };
    const store = dynamoDecisionStore(tables);
    const wanted = [];
    for (let index = 0; index < 130; index += 1) {
      const customerId = index % 3 === 0 ? null : `cus_${index}`;
      const key = new Uint8Array(32).fill(index);
      await store.commit({
        decisions: [decision(`dec_${index}`, customerId)],
        messages: [],
        newDataKey: { customerId, key },
      });
      wanted.push({ customerId, decisionId: `dec_${index}` });
    }
    engine.operations();
    const keys = await dynamoDataKeys(tables).keysOf([
      ...wanted,
      ...wanted,
      { customerId: "gone", decisionId: "d" },
    ]);
    expect(engine.operations()).toEqual(["BatchGetItem", "BatchGetItem"]);
    expect(keys.size).toBe(130);
    expect(keys.get("dec_3")?.[0]).toBe(3);
    expect(keys.get("cus_4")?.[31]).toBe(4);
    expect(keys.has("gone")).toBe(false);
  });
});

describe("what came of a decision", () => {
  it("is counted when it is its own, of the kind asked for, and in time", async () => {
    const history = dynamoHistoryStore({ client: engine.client, table: "history" });
    const arrival = { receivedAt: later(60), source: "shop" };
    const report = async (of: Decision, outcome: string, days: number, value?: number) => {
      const event = decisionOutcome(
        of,
        { action: "hero", outcome, at: later(days), ...(value === undefined ? {} : { value }) },
        arrival,
      );
      if (event === null || of.customerId === null) throw new Error("nobody to tell it of");
      await history.put([eventHistory(of.customerId, event, event.properties ?? {}, [])]);
    };
    const mine = decision("dec_mine", "cus_a");
    await report(mine, "clicked", 1);
    await report(mine, "clicked", 1);
    await report(mine, "converted", 2, 30);
    await report(mine, "converted", 3, 12.5);
    await report(mine, "converted", 9, 1_000);
    await report(decision("dec_other", "cus_a"), "converted", 1, 500);
    const { rewardOf } = dynamoOutcomeFacts({ client: engine.client, table: "history" });
    const goal = { withinMs: 7 * DAY };
    expect(await rewardOf(mine, { ...goal, outcome: "clicked", value: false })).toBe(1);
    expect(await rewardOf(mine, { ...goal, outcome: "converted", value: true })).toBe(42.5);
    expect(await rewardOf(mine, { ...goal, outcome: "dismissed", value: false })).toBe(0);
    expect(
      await rewardOf(decision("dec_anonymous", null), { ...goal, outcome: "clicked", value: false }),
    ).toBe(0);
  });
});
