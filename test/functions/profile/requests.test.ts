import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoCustomerStore } from "#adapters/dynamodb/customers/customer-store.ts";
import { dynamoHistoryStore } from "#adapters/dynamodb/history/history-store.ts";
import type { HistoryItem } from "#domain/records/effects.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { type ApplyDependencies, applyGroup } from "#usecases/apply/apply-group.ts";
import { type DynamoEngine, startDynamoEngine } from "../../support/aws/dynamo-engine.ts";
import { identifierKeys } from "../../support/aws/identifier-keys.ts";
import { identify, minutesAgo, track } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
let engine: DynamoEngine;
let dependencies: ApplyDependencies;

beforeAll(async () => {
  engine = await startDynamoEngine();
  dependencies = {
    ...memoryProfiles(playbook).dependencies,
    customers: dynamoCustomerStore({
      client: engine.client,
      customersTable: "customers",
      historyTable: "history",
      identifierKeys,
    }),
    history: dynamoHistoryStore({ client: engine.client, table: "history" }),
  };
});
afterAll(() => engine.stop());

const apply = (...events: CollectedEvent[]) => applyGroup(dependencies, { v: 1, group: "g", events });

const fourViews = (userId: string): CollectedEvent[] =>
  [1, 2, 3, 4].map((minute) =>
    track("Product Viewed", { userId, at: minutesAgo(minute), properties: { product_id: "p1", price: 5 } }),
  );

/** What applying costs in requests and units. */
const costOf = async (work: () => Promise<unknown>) => {
  engine.operations();
  engine.units();
  await work();
  return { operations: engine.operations(), units: engine.units() };
};

describe("what an event costs", () => {
  it("should be four requests a message for a customer we know, however many events it holds", async () => {
    await apply(identify({ email: "cost@shop.example" }, { userId: "cost", anonymousId: "c1" }));

    const { operations } = await costOf(() => apply(...fourViews("cost")));

    expect(operations).toEqual(["BatchGetItem", "Query", "PutItem", "BatchWriteItem"]);
  });

  it("should be a transaction only where identities change", async () => {
    const first = await costOf(() => apply(track("Product Viewed", { anonymousId: "t1" })));
    const login = await costOf(() => apply(identify({}, { anonymousId: "t1", userId: "t" })));
    const later = await costOf(() => apply(identify({ age: 40 }, { anonymousId: "t1", userId: "t" })));

    expect(first.operations).toEqual(["BatchGetItem", "TransactWriteItems", "BatchWriteItem"]);
    expect(login.operations).toEqual(["BatchGetItem", "Query", "TransactWriteItems", "BatchWriteItem"]);
    expect(later.operations).toEqual(["BatchGetItem", "Query", "PutItem", "BatchWriteItem"]);
  });

  it("should be two requests to read for a message that came twice", async () => {
    const events = fourViews("twice");
    await apply(...events);

    const { operations } = await costOf(() => apply(...events));

    expect(operations).toEqual(["BatchGetItem", "Query"]);
  });

  it("should not tell again what another group told, only look that it did", async () => {
    const profiles = memoryProfiles(playbook);
    const own: ApplyDependencies = { ...dependencies, bus: profiles.dependencies.bus };
    const one = (group: string, name: string) =>
      applyGroup(own, { v: 1, group, events: [track(name, { userId: "both" })] });
    await one("first", "Signed Up");

    const { operations } = await costOf(() => one("second", "Product Viewed"));

    expect(operations).toEqual(["BatchGetItem", "Query", "BatchGetItem", "PutItem", "BatchWriteItem"]);
    expect(profiles.published).toHaveLength(1);
  });

  it("should be the same for a customer with ten past events and with thousands", async () => {
    await apply(...fourViews("young"));
    await apply(...fourViews("young"));
    const young = await costOf(() => apply(...fourViews("young")));

    await apply(...fourViews("oldie"));
    const { state } = (await dependencies.customers.find("userId:oldie")) ?? {};
    const past = Array.from(
      { length: 3_000 },
      (_, index): HistoryItem => ({
        id: `evt_past_${index}`,
        kind: "event",
        customerId: state?.customerId ?? "",
        at: minutesAgo(1_000 + index),
        body: { type: "track", name: "Product Viewed", properties: {} },
      }),
    );
    await dependencies.history.put(past);
    await apply(...fourViews("oldie"));
    const old = await costOf(() => apply(...fourViews("oldie")));

    expect(old).toEqual(young);
  });
});
