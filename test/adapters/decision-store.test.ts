import { afterAll, describe, expect, it } from "vitest";
import { dynamoCustomerStore } from "#adapters/dynamodb/customers/customer-store.ts";
import { dynamoDecisionStore } from "#adapters/dynamodb/decisions/decision-store.ts";
import { dynamoMessageStore } from "#adapters/dynamodb/messages/message-store.ts";
import { memoryCustomerStore, memoryCustomers } from "#adapters/memory/customer-store.ts";
import { memoryDecisionStore } from "#adapters/memory/decision-store.ts";
import { newState } from "#domain/customer/state.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { Message } from "#domain/records/message.ts";
import type { ContactHistory } from "#domain/records/permission.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { DecisionStore } from "#ports/decision-store.ts";
import { type DynamoEngine, startDynamoEngine } from "../support/aws/dynamo-engine.ts";
import { identifierKeys } from "../support/aws/identifier-keys.ts";

const AT = "2026-03-11T11:00:00.000Z";

const decision = (decisionId: string, changes: Partial<Decision> = {}): Decision => ({
  decisionId,
  customerId: "cus_1",
  placement: "trigger.cart",
  playbook: "v1",
  at: AT,
  dryRun: false,
  trigger: "cart",
  eventId: "evt_1",
  depth: 1,
  actions: [
    {
      action: "cart",
      treatment: "cart",
      channel: "email",
      content: { headline: "Hi" },
      rank: 1,
      score: 5.25,
      propensity: 0.5,
      value: 10.5,
      reasons: ["open to everyone"],
      probability: 0.25,
      draw: 0.1,
      sendAt: "2026-03-12T07:00:00.000Z",
    },
  ],
  rejected: [
    { action: "news", stage: "policy", reason: "cap", cause: { kind: "cap", name: "two a day" } },
    { action: "old", stage: "eligibility", reason: "rule", cause: { kind: "condition", number: 1 } },
  ],
  checks: ["consent", "cap"],
  ...changes,
});

const message = (messageId: string, decisionId: string): Message => ({
  messageId,
  customerId: "cus_1",
  conversationId: "cnv_1",
  decisionId,
  channel: "email",
  category: "marketing",
  lane: "bulk",
  action: "cart",
  treatment: "cart",
  data: { total: 40 },
  playbook: "v1",
  depth: 1,
  createdAt: AT,
  deadline: "2026-03-12T11:00:00.000Z",
  status: "requested",
  history: [{ status: "requested", at: AT }],
  attempts: 0,
});

const history = (version: number, count: number): ContactHistory => ({
  version,
  coolDowns: {},
  entries: Array.from({ length: count }, (_, index) => ({
    id: `msg_${index}`,
    at: AT,
    channel: "email",
    category: "marketing",
    action: "cart",
    treatment: "cart",
    kind: "message" as const,
  })),
});

type Stores = {
  readonly decisions: DecisionStore;
  readonly customers: CustomerStore;
  readonly operations: () => string[];
};
const technologies: Record<string, { fresh: () => Promise<Stores>; stop: () => void }> = {
  memory: {
    fresh: async () => {
      const shared = { ...memoryCustomers(), messages: new Map<string, Message>() };
      return {
        decisions: memoryDecisionStore(shared),
        customers: memoryCustomerStore(new Set(), shared),
        operations: () => [],
      };
    },
    stop: () => {},
  },
  dynamodb: (() => {
    const engines: DynamoEngine[] = [];
    return {
      fresh: async () => {
        const engine = await startDynamoEngine();
        engines.push(engine);
        const options = { client: engine.client, customersTable: "customers", historyTable: "history" };
        return {
          decisions: dynamoDecisionStore(options),
          customers: dynamoCustomerStore({ ...options, identifierKeys }),
          operations: engine.operations,
        };
      },
      stop: () => {
        for (const engine of engines) engine.stop();
      },
    };
  })(),
};

describe.each(Object.entries(technologies))("decisions kept in %s", (_, technology) => {
  afterAll(() => technology.stop());

  const withCustomer = async (): Promise<Stores> => {
    const stores = await technology.fresh();
    await stores.customers.save({ customers: [{ ...newState("cus_1", AT), version: 1 }], links: [] });
    stores.operations();
    return stores;
  };
  const contactOf = async ({ customers }: Stores) => (await customers.load("cus_1"))?.contact;

  it("keeps a customer's first data key and no other, and nothing of the decision that brought a second", async () => {
    const { decisions, customers } = await withCustomer();
    const first = { customerId: "cus_1", key: new Uint8Array(32).fill(1) };
    const second = { customerId: "cus_1", key: new Uint8Array(32).fill(2) };
    expect((await customers.load("cus_1"))?.dataKey).toBeUndefined();
    const kept = { decisions: [decision("dec_1")], messages: [], newDataKey: first };
    expect(await decisions.commit(kept)).toEqual({ result: "committed" });
    const raced = { decisions: [decision("dec_2")], messages: [], newDataKey: second };
    expect(await decisions.commit(raced)).toEqual({ result: "conflict" });
    expect(await decisions.get("dec_2")).toBeNull();
    expect([...((await customers.load("cus_1"))?.dataKey ?? [])]).toEqual([...first.key]);
  });

  it("gives a decision back as it was recorded", async () => {
    const { decisions } = await withCustomer();
    const triggered = decision("dec_1");
    const { trigger: _trigger, eventId: _event, ...asked } = decision("dec_2", { actions: [], rejected: [] });
    const anonymous = { ...asked, customerId: null, ref: "anonymousId:a1" };
    await decisions.commit({ decisions: [triggered], messages: [] });
    await decisions.commit({ decisions: [anonymous], messages: [] });
    expect(await decisions.get("dec_1")).toEqual(triggered);
    expect(await decisions.get("dec_2")).toEqual(anonymous);
    expect(await decisions.get("dec_3")).toBeNull();
    expect((await decisions.recorded("dec_1"))?.decision).toEqual(triggered);
  });

  it("writes record, message and reservation together", async () => {
    const stores = await withCustomer();
    const written = await stores.decisions.commit({
      decisions: [decision("dec_1")],
      messages: [message("msg_1", "dec_1")],
      contact: { customerId: "cus_1", history: history(1, 1) },
    });
    expect(written).toEqual({ result: "committed" });
    expect(await contactOf(stores)).toEqual(history(1, 1));
    expect(await stores.decisions.recorded("dec_1")).toEqual({
      decision: decision("dec_1"),
      messages: [message("msg_1", "dec_1")],
    });
    expect(await stores.decisions.recorded("dec_2")).toBeNull();
  });

  it("writes nothing when somebody reserved first", async () => {
    const stores = await withCustomer();
    const { decisions } = stores;
    await decisions.commit({
      decisions: [decision("dec_1")],
      messages: [],
      contact: { customerId: "cus_1", history: history(1, 1) },
    });
    const raced = await decisions.commit({
      decisions: [decision("dec_2")],
      messages: [message("msg_2", "dec_2")],
      contact: { customerId: "cus_1", history: history(1, 2) },
    });
    expect(raced).toEqual({ result: "conflict" });
    expect(await decisions.recorded("dec_2")).toBeNull();
    expect(await contactOf(stores)).toEqual(history(1, 1));
    const again = await decisions.commit({
      decisions: [decision("dec_2")],
      messages: [message("msg_2", "dec_2")],
      contact: { customerId: "cus_1", history: history(2, 2) },
    });
    expect(again).toEqual({ result: "committed" });
  });

  it("answers a repeated decision with what was recorded, whatever the repetition says", async () => {
    const stores = await withCustomer();
    const { decisions } = stores;
    const first = { decisions: [decision("dec_1")], messages: [message("msg_1", "dec_1")] };
    await decisions.commit({ ...first, contact: { customerId: "cus_1", history: history(1, 1) } });
    const repeated = await decisions.commit({
      decisions: [decision("dec_1", { actions: [] })],
      messages: [],
      contact: { customerId: "cus_1", history: history(2, 5) },
    });
    expect(repeated).toEqual({
      result: "exists",
      decision: decision("dec_1"),
      messages: [message("msg_1", "dec_1")],
    });
    expect(await contactOf(stores)).toEqual(history(1, 1));
  });

  it("records several placements at once or not at all", async () => {
    const { decisions } = await withCustomer();
    const both = { decisions: [decision("dec_1"), decision("dec_2")], messages: [] };
    expect(await decisions.commit(both)).toEqual({ result: "committed" });
    expect(await decisions.get("dec_2")).not.toBeNull();
  });

  it("lets exactly one of many concurrent reservations through", async () => {
    const { decisions } = await withCustomer();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_unused, index) =>
        decisions.commit({
          decisions: [decision(`dec_${index}`)],
          messages: [],
          contact: { customerId: "cus_1", history: history(1, 1) },
        }),
      ),
    );
    expect(outcomes.filter(({ result }) => result === "committed")).toHaveLength(1);
    expect(outcomes.filter(({ result }) => result === "conflict")).toHaveLength(19);
  });

  it("notes cool-downs, the later end wins, and contacts stay", async () => {
    const stores = await withCustomer();
    const { decisions } = stores;
    await decisions.commit({
      decisions: [decision("dec_1")],
      messages: [],
      contact: { customerId: "cus_1", history: history(1, 1) },
    });
    await decisions.coolDown("cus_1", { cart: "2026-04-01T00:00:00.000Z" });
    await decisions.coolDown("cus_1", { cart: "2026-03-20T00:00:00.000Z", news: "2026-05-01T00:00:00.000Z" });
    expect(await contactOf(stores)).toEqual({
      ...history(3, 1),
      coolDowns: { cart: "2026-04-01T00:00:00.000Z", news: "2026-05-01T00:00:00.000Z" },
    });
  });
});

describe("what a decision costs in DynamoDB", () => {
  it("is one request, a transaction only when there is more than the record", async () => {
    const engine = await startDynamoEngine();
    const decisions = dynamoDecisionStore({
      client: engine.client,
      customersTable: "customers",
      historyTable: "history",
    });
    await decisions.commit({ decisions: [decision("dec_1")], messages: [] });
    expect(engine.operations()).toEqual(["PutItem"]);
    await decisions.commit({
      decisions: [decision("dec_2")],
      messages: [message("msg_1", "dec_2")],
      contact: { customerId: "cus_1", history: history(1, 1) },
    });
    expect(engine.operations()).toEqual(["TransactWriteItems"]);
    const messages = dynamoMessageStore({ client: engine.client, table: "history" });
    expect(await messages.get("msg_1")).toEqual(message("msg_1", "dec_2"));
    engine.stop();
  });
});
