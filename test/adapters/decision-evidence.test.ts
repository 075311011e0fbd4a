import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoCustomerStore } from "#adapters/dynamodb/customers/customer-store.ts";
import { dynamoDataKeys } from "#adapters/dynamodb/customers/data-keys.ts";
import { dynamoDecisionStore } from "#adapters/dynamodb/decisions/decision-store.ts";
import { dynamoHistoryStore } from "#adapters/dynamodb/history/history-store.ts";
import { dynamoOutcomeFacts } from "#adapters/dynamodb/history/outcome-facts.ts";
import { memoryDataKeys } from "#adapters/memory/data-keys.ts";
import { memoryDecisionStore } from "#adapters/memory/decision-store.ts";
import { newState } from "#domain/customer/state.ts";
import { decisionOutcome } from "#domain/outcome/decision-outcome.ts";
import { eventHistory } from "#domain/profile/facts.ts";
import type { CustomerState } from "#domain/records/customer.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { type DynamoEngine, startDynamoEngine } from "../support/aws/dynamo-engine.ts";
import { identifierKeys } from "../support/aws/identifier-keys.ts";

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
  const stored = {
    memory: () => {
      const dataKeys = new Map<string, Uint8Array>();
      const store = memoryDecisionStore({ contacts: new Map(), messages: new Map(), dataKeys });
      return { store, keys: memoryDataKeys(dataKeys) };
    },
    dynamodb: () => {
      const tables = { client: engine.client, customersTable: "customers", historyTable: "history" };
      return { store: dynamoDecisionStore(tables), keys: dynamoDataKeys(tables) };
    },
  };

  it.each(["memory", "dynamodb"] as const)(
    "kept in %s are found by customer, and by decision where nobody was known; an erased one is missing",
    async (technology) => {
      const { store, keys } = stored[technology]();
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
      const found = await keys.keysOf([...wanted, ...wanted, { customerId: "gone", decisionId: "d" }]);
      const requests = technology === "memory" ? [] : ["BatchGetItem", "BatchGetItem"];
      expect(engine.operations()).toEqual(requests);
      expect(found.size).toBe(130);
      expect(found.get("dec_3")?.[0]).toBe(3);
      expect(found.get("cus_4")?.[31]).toBe(4);
      expect(found.has("gone")).toBe(false);
    },
  );
});

describe("what came of a decision", () => {
  const DECIDED = { withinMs: 7 * DAY, value: false };
  const arrival = { receivedAt: later(60), source: "shop" };
  const store = () =>
    dynamoCustomerStore({
      client: engine.client,
      customersTable: "customers",
      historyTable: "history",
      identifierKeys,
    });
  const keep = (customerId: string, version = 1, members: Partial<CustomerState> = {}) =>
    store().save({ customers: [{ ...newState(customerId, AT), version, ...members }], links: [] });
  const put = (customerId: string, event: CollectedEvent) =>
    dynamoHistoryStore({ client: engine.client, table: "history" }).put([
      eventHistory(customerId, event, event.properties ?? {}, []),
    ]);
  const report = async (
    of: Decision,
    outcome: string,
    days: number,
    { value, with: customerId = of.customerId }: { value?: number; with?: string | null } = {},
  ) => {
    const told = { action: "hero", outcome, at: later(days), ...(value === undefined ? {} : { value }) };
    const event = decisionOutcome(of, told, arrival);
    if (event === null || customerId === null) throw new Error("nobody to tell it of");
    await put(customerId, event);
  };
  const happens = (customerId: string, days: number, changes: Partial<CollectedEvent> = {}) =>
    put(customerId, {
      id: `evt_${customerId}_${days}_${JSON.stringify(changes)}`,
      type: "track",
      name: "Order Completed",
      at: later(days),
      receivedAt: later(days),
      source: "shop",
      imported: false,
      depth: 0,
      ...changes,
    });
  const rewardOf = (of: Decision, outcome: string, goal = {}) =>
    dynamoOutcomeFacts({
      client: engine.client,
      customersTable: "customers",
      historyTable: "history",
    }).rewardOf(of, { ...DECIDED, ...goal, outcome });

  it("is counted when it is its own, of the kind asked for, and in time", async () => {
    await keep("cus_a");
    const mine = decision("dec_mine", "cus_a");
    await report(mine, "clicked", 1);
    await report(mine, "clicked", 1);
    await report(mine, "converted", 2, { value: 30 });
    await report(mine, "converted", 3, { value: 12.5 });
    await report(mine, "converted", 9, { value: 1_000 });
    await report(decision("dec_other", "cus_a"), "converted", 1, { value: 500 });
    expect(await rewardOf(mine, "clicked")).toBe(1);
    expect(await rewardOf(mine, "outcome.clicked")).toBe(1);
    expect(await rewardOf(mine, "converted", { value: true })).toBe(42.5);
    expect(await rewardOf(mine, "dismissed")).toBe(0);
  });

  it("is unknown where nobody was known, or nobody is left", async () => {
    expect(await rewardOf(decision("dec_anonymous", null), "clicked")).toBeUndefined();
    expect(await rewardOf(decision("dec_erased", "cus_erased"), "clicked")).toBeUndefined();
  });

  it("is found with whom the customer has become since, and with whom they were in between", async () => {
    const visit = decision("dec_visit", "cus_visitor");
    const absorbed = ["cus_between", "cus_visitor"];
    await keep("cus_visitor", 1, { mergedInto: "cus_known" });
    await keep("cus_between", 1, { mergedInto: "cus_known" });
    await keep("cus_known", 1, { absorbed });
    await report(visit, "accepted", 1, { with: "cus_known", value: 2 });
    await report(visit, "accepted", 2, { with: "cus_between", value: 3 });
    await report(visit, "accepted", 3, { value: 5 });
    expect(await rewardOf(visit, "accepted", { value: true })).toBe(10);
  });

  it("leaves out what machines did", async () => {
    await keep("cus_scanned");
    const scanned = decision("dec_scanned", "cus_scanned");
    const click = {
      type: "outcome",
      name: "message.clicked",
      properties: { decisionId: "dec_scanned", outcome: "clicked", machine: true },
    } as const;
    await happens("cus_scanned", 1, click);
    expect(await rewardOf(scanned, "clicked")).toBe(0);
    await happens("cus_scanned", 1, { ...click, properties: { ...click.properties, machine: false } });
    expect(await rewardOf(scanned, "clicked")).toBe(1);
  });

  it("may be an event of the customer, within the time, but not imported", async () => {
    await keep("cus_buyer");
    const offer = decision("dec_offer", "cus_buyer");
    await happens("cus_buyer", -1);
    await happens("cus_buyer", 1, { imported: true });
    await happens("cus_buyer", 8);
    expect(await rewardOf(offer, "Order Completed")).toBe(0);
    await happens("cus_buyer", 2, { properties: { revenue: 30, total: 35 } });
    await happens("cus_buyer", 3, { properties: { revenue: "much" } });
    expect(await rewardOf(offer, "Order Completed")).toBe(1);
    expect(await rewardOf(offer, "Order Completed", { value: true })).toBe(30);
    expect(await rewardOf(offer, "Product Viewed")).toBe(0);
  });

  it("is asked for in one request for who many customers are, and one Query each", async () => {
    for (const id of ["cus_x", "cus_y", "cus_z"]) await keep(id);
    const facts = dynamoOutcomeFacts({
      client: engine.client,
      customersTable: "customers",
      historyTable: "history",
    });
    engine.operations();
    await Promise.all(
      ["cus_x", "cus_y", "cus_z", "cus_x"].map((id, index) =>
        facts.rewardOf(decision(`dec_${index}`, id), { ...DECIDED, outcome: "clicked" }),
      ),
    );
    expect(engine.operations()).toEqual(["BatchGetItem", "Query", "Query", "Query", "Query"]);
  });
});
