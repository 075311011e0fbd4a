import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { dynamoConfirmationStore } from "#adapters/dynamodb/customers/confirmation-store.ts";
import { dynamoCustomerStore } from "#adapters/dynamodb/customers/customer-store.ts";
import { dynamoDataKeys } from "#adapters/dynamodb/customers/data-keys.ts";
import { dynamoDecisionStore } from "#adapters/dynamodb/decisions/decision-store.ts";
import { dynamoHistoryStore } from "#adapters/dynamodb/history/history-store.ts";
import { dynamoMessageStore } from "#adapters/dynamodb/messages/message-store.ts";
import { firehoseDecisionLog } from "#adapters/firehose/decision-log.ts";
import { openRecord, parseSealed } from "#domain/decision-log/sealed-record.ts";
import type { LogRecord } from "#domain/decision-log/types.ts";
import { TriggerFired } from "#events/trigger-fired.ts";
import { decisionCalls } from "#functions/decide/api/decisions.ts";
import { operations } from "#functions/decide/api/operations.ts";
import { system } from "#runtime/system.ts";
import { decideOnEvent } from "#usecases/decide/decide-on-event.ts";
import { type DynamoEngine, startDynamoEngine } from "../../support/aws/dynamo-engine.ts";
import { type RecordingFirehose, recordingFirehose } from "../../support/aws/firehose.ts";
import { identifierKeys } from "../../support/aws/identifier-keys.ts";
import { action, consent, customer, HOUR, iso, NOON, playbookOf } from "../../support/decisions/decision.ts";
import { callerOf } from "../../support/handlers/requests.ts";

const web = { treatments: [{ name: "banner", channel: "web", weight: 1 }] };
const playbook = playbookOf({
  actions: [
    action("cart"),
    action("spring", { placements: ["web.home.hero", "web.side"], ...web }),
    action("capped", { placements: ["web.side"], value: 99, ...web }),
  ],
  placements: [
    { name: "trigger.cart", limit: 1, channels: [] },
    { name: "web.home.hero", limit: 1, channels: [] },
    { name: "web.side", limit: 1, channels: [] },
  ],
  contactPolicy: {
    caps: [{ name: "web", max: 9, windowMs: HOUR, channels: ["web"], categories: [], actions: ["capped"] }],
  },
});

let engine: DynamoEngine;
let ids = 0;
const stores = () => {
  const { client } = engine;
  const tables = { client, customersTable: "customers", historyTable: "history" };
  return {
    customers: dynamoCustomerStore({ ...tables, identifierKeys }),
    history: dynamoHistoryStore({ client, table: "history" }),
    decisions: dynamoDecisionStore(tables),
    messages: dynamoMessageStore({ client, table: "history" }),
    playbooks: { current: async () => playbook, get: async () => playbook },
    bus: { publish: async () => {} },
    inbox: { send: async () => {} },
    log: firehoseDecisionLog({ client: stream.client, stream: "decisions" }),
    dataKeys: dynamoDataKeys(tables),
    timers: { set: async () => {}, cancel: async () => {} },
    confirmations: dynamoConfirmationStore({
      client,
      table: "customers",
      identifierKeys,
    }),
    ...system,
    clock: { now: () => NOON },
    ids: {
      id: (prefix: string) => {
        ids += 1;
        return `${prefix}_${ids}`;
      },
    },
  };
};

let stream: RecordingFirehose;

beforeAll(async () => {
  stream = recordingFirehose();
  engine = await startDynamoEngine();
  const { state } = customer();
  const email = { type: "email", value: "ada@example.com" };
  const recent = [
    { id: "evt_1", type: "track", name: "Cart Updated", at: iso(NOON), properties: {}, depth: 0 },
  ] as const;
  const { customers } = stores();
  await customers.save({
    customers: [{ ...state, identifiers: [email], recent }],
    links: [{ identifier: email, to: state.customerId }],
  });
  await customers.putConsent(state.customerId, [consent("email")]);
  engine.operations();
});
afterAll(() => engine.stop());
afterEach(() => stream.take());

const ask = async (body: unknown): Promise<string[]> => {
  await callerOf(operations, decisionCalls(stores()))("POST /v1/decisions", { body });
  return engine.operations();
};

/** The records that came into the log since the last time, about the one customer there is. */
const logged = async (): Promise<readonly LogRecord[]> => {
  const key = (await stores().customers.load("cus_1"))?.dataKey ?? system.newDataKey();
  engine.operations();
  return stream.take().flatMap((line) => {
    const sealed = parseSealed(line);
    return (sealed === null ? null : openRecord(sealed, key)) ?? [];
  });
};

describe("requests of a decision", () => {
  it("make the customer's key with the first decision, in its own transaction", async () => {
    expect(await ask({ customer: "cus_1", placement: "web.home.hero" })).toEqual([
      "Query",
      "TransactWriteItems",
    ]);
    const [record, ...others] = stream.take();
    const { customers } = stores();
    const key = (await customers.load("cus_1"))?.dataKey;
    engine.operations();
    expect(others).toEqual([]);
    expect(key).toHaveLength(32);
    const sealed = parseSealed(record ?? "");
    if (sealed === null || key === undefined) throw new Error("nothing was sealed");
    expect(openRecord(sealed, key)?.decision.actions.map(({ action: name }) => name)).toEqual(["spring"]);
    expect(openRecord(sealed, system.newDataKey())).toBeNull();
  });

  it("put what was decided into the log with one more, however many placements there are", async () => {
    await ask({ customer: "cus_1", placements: ["web.side", "web.home.hero"] });
    expect(stream.requests).toBe(1);
    expect(stream.take()).toHaveLength(2);
    await ask({ customer: "cus_1", placement: "web.home.hero", dryRun: true });
    expect(stream.requests).toBe(0);
  });

  it("of an answer are one to read and one to write, one more to read by identifier", async () => {
    const placement = "web.home.hero";
    expect(await ask({ customer: "cus_1", placement })).toEqual(["Query", "PutItem"]);
    expect(await ask({ customer: "email:ada@example.com", placement })).toEqual([
      "GetItem",
      "Query",
      "PutItem",
    ]);
    expect(await ask({ customer: "cus_1", placement, dryRun: true })).toEqual(["Query"]);
  });

  it("are logged as what they are when the answer to their record got lost on the way", async () => {
    let lost = 0;
    engine.client.middlewareStack.add(
      (next, context) => async (given) => {
        const answer = await next(given);
        if (context.commandName !== "PutItemCommand" || lost > 0) return answer;
        lost += 1;
        throw Object.assign(new Error("the connection broke"), { name: "TimeoutError", $retryable: {} });
      },
      { step: "deserialize", priority: "high", name: "losing an answer" },
    );
    const operations = await ask({ customer: "cus_1", placement: "web.home.hero" });
    engine.client.middlewareStack.remove("losing an answer");
    expect(operations).toEqual(["Query", "PutItem", "PutItem", "GetItem"]);
    const [whole, ...others] = await logged();
    expect(others).toEqual([]);
    expect(whole).toMatchObject({ state: { createdAt: expect.any(String) } });
    expect(whole?.recovered).toBeUndefined();
  });

  it("of an answer that reserves, and of several placements, are no more", async () => {
    expect(await ask({ customer: "cus_1", placement: "web.side" })).toEqual(["Query", "TransactWriteItems"]);
    expect(await ask({ customer: "cus_1", placements: ["web.side", "web.home.hero"] })).toEqual([
      "Query",
      "TransactWriteItems",
    ]);
  });

  it("of a trigger that sends are one to read and one to write; delivered again, it is logged again", async () => {
    const fired = {
      ...TriggerFired.example,
      customerId: "cus_1",
      eventId: "evt_1",
      placement: "trigger.cart",
    };
    const committed = await decideOnEvent(stores(), fired);
    expect(committed?.messages).toHaveLength(1);
    expect(engine.operations()).toEqual(["Query", "TransactWriteItems"]);
    await decideOnEvent(stores(), fired);
    const [whole, recovered, ...others] = await logged();
    expect(others).toEqual([]);
    expect(recovered).toMatchObject({ recovered: true, state: null });
    expect(recovered?.decision).toEqual(whole?.decision);
  });
});
