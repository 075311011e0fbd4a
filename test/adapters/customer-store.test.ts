import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoCustomerStore } from "#adapters/dynamodb/customers/customer-store.ts";
import { dynamoHistoryStore } from "#adapters/dynamodb/history/history-store.ts";
import { memoryCustomerStore } from "#adapters/memory/customer-store.ts";
import { memoryHistoryStore } from "#adapters/memory/history-store.ts";
import { newState } from "#domain/customer/state.ts";
import type { CustomerState } from "#domain/records/customer.ts";
import type { HistoryItem } from "#domain/records/effects.ts";
import type { Identifier } from "#domain/records/identity.ts";
import type { Consent } from "#domain/records/permission.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { HistoryStore } from "#ports/history-store.ts";
import { startDynamoEngine } from "../support/aws/dynamo-engine.ts";
import { identifierKeys } from "../support/aws/identifier-keys.ts";

const AT = "2026-11-21T12:00:00.000Z";
const LATER = "2026-11-21T13:00:00.000Z";
const email: Identifier = { type: "email", value: "ada@shop.example" };
const user: Identifier = { type: "userId", value: "u1" };

const stored = (customerId: string, version = 1, members: Partial<CustomerState> = {}): CustomerState => ({
  ...newState(customerId, AT),
  version,
  ...members,
});
const fact = (id: string, customerId = "cus_a", at = AT): HistoryItem => ({
  id,
  kind: "event",
  customerId,
  at,
  body: { type: "track", name: "Seen", properties: {} },
});
const consent = (status: Consent["status"], at = AT): Consent => ({
  channel: "email",
  topic: "marketing",
  status,
  kind: "express",
  source: "test",
  at,
});

type Stores = { readonly customers: CustomerStore; readonly history: HistoryStore };

const dynamodb = async (joinLoads: boolean) => {
  const engines: { stop: () => void }[] = [];
  return {
    fresh: async () => {
      const engine = await startDynamoEngine();
      engines.push(engine);
      return {
        customers: dynamoCustomerStore({
          client: engine.client,
          customersTable: "customers",
          historyTable: "history",
          identifierKeys,
          joinLoads,
        }),
        history: dynamoHistoryStore({ client: engine.client, table: "history" }),
      };
    },
    stop: () => {
      for (const engine of engines) engine.stop();
    },
  };
};

const technologies: Record<string, () => Promise<{ fresh: () => Promise<Stores>; stop: () => void }>> = {
  memory: async () => ({
    fresh: async () => {
      const facts = new Map<string, HistoryItem>();
      return { customers: memoryCustomerStore(facts), history: memoryHistoryStore(facts) };
    },
    stop: () => {},
  }),
  dynamodb: () => dynamodb(false),
  "dynamodb, loads joined": () => dynamodb(true),
};

describe.each(Object.keys(technologies))("customers kept in %s", (technology) => {
  let fresh: () => Promise<Stores>;
  let stop: () => void;
  beforeAll(async () => {
    const started = await technologies[technology]?.();
    if (started === undefined) throw new Error(`unknown technology ${technology}`);
    ({ fresh, stop } = started);
  });
  afterAll(() => stop());

  it("should load several customers at the same time, each its own", async () => {
    const { customers } = await fresh();
    await customers.save({
      customers: [stored("cus_a"), stored("cus_b", 1, { mergedInto: "cus_a" })],
      links: [],
    });
    await customers.putConsent("cus_a", [consent("granted")]);

    const [a, b, nobody, again] = await Promise.all(
      ["cus_a", "cus_b", "cus_c", "cus_a"].map((id) => customers.load(id)),
    );

    expect(a?.state.customerId).toBe("cus_a");
    expect(Object.values(a?.consent.entries ?? {}).map(({ status }) => status)).toEqual(["granted"]);
    expect(b).toEqual(a);
    expect(nobody).toBeNull();
    expect(again).toEqual(a);
  });

  it("should know nobody at first", async () => {
    const { customers } = await fresh();

    const { links, seenEvents } = await customers.resolve([email], ["evt_1"]);

    expect([links.size, seenEvents.size]).toEqual([0, 0]);
    expect(await customers.load("cus_a")).toBeNull();
    expect(await customers.find("email:ada@shop.example")).toBeNull();
  });

  it("should find a customer by id and by every linked identifier", async () => {
    const { customers } = await fresh();

    const outcome = await customers.save({
      customers: [stored("cus_a", 1, { identifiers: [email, user] })],
      links: [
        { identifier: email, to: "cus_a" },
        { identifier: user, to: "cus_a" },
      ],
    });

    expect(outcome).toBe("saved");
    const record = await customers.find("userId:u1");
    expect(record).toEqual(await customers.load("cus_a"));
    expect(record?.state.identifiers).toEqual([email, user]);
    expect(record?.contact).toEqual({ version: 0, entries: [], coolDowns: {} });
    expect((await customers.resolve([email, user], [])).links.get("email:ada@shop.example")).toBe("cus_a");
  });

  it("should tell which events it knows, also when asked for more than one request holds", async () => {
    const { customers, history } = await fresh();
    await history.put(Array.from({ length: 30 }, (_, index) => fact(`evt_${index}`)));
    const ids = Array.from({ length: 130 }, (_, index) => `evt_${index}`);

    const { seenEvents } = await customers.resolve([email, user, email], [...ids, "evt_0"]);

    expect(seenEvents.size).toBe(30);
    expect(seenEvents.has("evt_29")).toBe(true);
  });

  it("should refuse a write by whoever read an older version", async () => {
    const { customers } = await fresh();
    await customers.save({ customers: [stored("cus_a")], links: [] });

    const second = await customers.save({ customers: [stored("cus_a", 2)], links: [] });
    const late = await customers.save({ customers: [stored("cus_a", 2)], links: [] });
    const again = await customers.save({ customers: [stored("cus_a", 1)], links: [] });

    expect([second, late, again]).toEqual(["saved", "conflict", "conflict"]);
  });

  it("should write nothing of a change whose link was taken meanwhile", async () => {
    const { customers } = await fresh();
    await customers.save({ customers: [stored("cus_a")], links: [{ identifier: email, to: "cus_a" }] });

    const outcome = await customers.save({
      customers: [stored("cus_b")],
      links: [{ identifier: email, to: "cus_b" }],
    });

    expect(outcome).toBe("conflict");
    expect(await customers.load("cus_b")).toBeNull();
    expect((await customers.find("email:ada@shop.example"))?.state.customerId).toBe("cus_a");
  });

  it("should lead from an absorbed customer to the survivor, also over several merges", async () => {
    const { customers } = await fresh();
    await customers.save({ customers: [stored("cus_a")], links: [{ identifier: email, to: "cus_a" }] });
    await customers.save({
      customers: [stored("cus_b"), stored("cus_a", 2, { mergedInto: "cus_b" })],
      links: [],
    });
    await customers.save({
      customers: [stored("cus_c"), stored("cus_b", 2, { mergedInto: "cus_c" })],
      links: [],
    });

    expect((await customers.load("cus_a"))?.state.customerId).toBe("cus_c");
    expect((await customers.load("cus_a"))?.state.customerId).toBe("cus_c");
    expect((await customers.find("email:ada@shop.example"))?.state.customerId).toBe("cus_c");
  });

  it("should repair the pointers it is given, and make none", async () => {
    const { customers } = await fresh();
    await customers.save({ customers: [stored("cus_a")], links: [{ identifier: email, to: "cus_a" }] });

    await customers.repoint([email, user], "cus_b");

    const { links } = await customers.resolve([email, user], []);
    expect([...links]).toEqual([["email:ada@shop.example", "cus_b"]]);
  });

  it("should let the later consent win, and withdrawal on a tie, in any order", async () => {
    const { customers } = await fresh();
    await customers.save({ customers: [stored("cus_a")], links: [] });

    await customers.putConsent("cus_a", [consent("withdrawn", LATER)]);
    await customers.putConsent("cus_a", [consent("granted", AT)]);
    await customers.putConsent("cus_a", [consent("granted", LATER)]);

    const record = await customers.load("cus_a");
    expect(record?.consent.entries["email|marketing"]).toEqual(consent("withdrawn", LATER));
  });

  it("should give consent that still lies beside the profile as if it were written, where it is the later", async () => {
    const { customers } = await fresh();
    const effects = {
      historyGoes: "last",
      eventIds: [],
      history: [],
      cancel: [],
      timers: [],
      publish: [],
    } as const;
    const unsent = { g: { ...effects, consent: [consent("withdrawn", LATER)] } };
    await customers.save({ customers: [stored("cus_a", 1, { unsent })], links: [] });
    await customers.putConsent("cus_a", [consent("granted", AT)]);
    const read = await customers.load("cus_a");
    expect(read?.consent).toEqual({
      version: 1,
      entries: { "email|marketing": consent("withdrawn", LATER) },
    });
    const yes = consent("granted", "2026-11-21T14:00:00.000Z");
    await customers.putConsent("cus_a", [yes], read?.consent);
    expect((await customers.load("cus_a"))?.consent.entries["email|marketing"]).toEqual(yes);
  });

  it("should keep consent of writers that met, and of one who knew an older version", async () => {
    const { customers } = await fresh();
    await customers.save({ customers: [stored("cus_a")], links: [] });
    const topics = ["a", "b", "c", "d", "e"];

    await Promise.all(
      topics.map((topic) => customers.putConsent("cus_a", [{ ...consent("granted"), topic }])),
    );
    await customers.putConsent("cus_a", [{ ...consent("granted"), topic: "f" }], { entries: {} });

    const entries = (await customers.load("cus_a"))?.consent.entries ?? {};
    expect(Object.keys(entries).sort()).toEqual([...topics, "f"].map((topic) => `email|${topic}`));
  });

  it("should move contact history and consent with a merge, and send later consent after them", async () => {
    const { customers } = await fresh();
    await customers.save({ customers: [stored("cus_a"), stored("cus_b")], links: [] });
    await customers.putConsent("cus_a", [consent("granted")]);
    const before = await customers.load("cus_a");

    const outcome = await customers.save({
      customers: [stored("cus_b", 2), stored("cus_a", 2, { mergedInto: "cus_b" })],
      links: [],
      moved: [
        {
          customerId: "cus_b",
          contact: { version: 1, entries: [], coolDowns: { hero: LATER } },
          consent: { version: 1, entries: before?.consent.entries ?? {} },
        },
        {
          customerId: "cus_a",
          contact: { version: 1, entries: [], coolDowns: {} },
          consent: { version: 2, entries: {} },
          mergedInto: "cus_b",
        },
      ],
    });
    await customers.putConsent("cus_a", [consent("withdrawn", LATER)], before?.consent);

    expect(outcome).toBe("saved");
    const record = await customers.load("cus_a");
    expect(record?.state.customerId).toBe("cus_b");
    expect(record?.contact.coolDowns).toEqual({ hero: LATER });
    expect(record?.consent.entries["email|marketing"]?.status).toBe("withdrawn");
  });

  it("should refuse a merge when contact history changed meanwhile", async () => {
    const { customers } = await fresh();
    await customers.save({ customers: [stored("cus_a"), stored("cus_b")], links: [] });

    const outcome = await customers.save({
      customers: [stored("cus_b", 2), stored("cus_a", 2, { mergedInto: "cus_b" })],
      links: [],
      moved: [
        {
          customerId: "cus_a",
          contact: { version: 3, entries: [], coolDowns: {} },
          consent: { version: 1, entries: {} },
          mergedInto: "cus_b",
        },
      ],
    });

    expect(outcome).toBe("conflict");
    expect((await customers.load("cus_a"))?.state.customerId).toBe("cus_a");
  });
});

describe.each(Object.keys(technologies))("history kept in %s", (technology) => {
  let fresh: () => Promise<Stores>;
  let stop: () => void;
  beforeAll(async () => {
    const started = await technologies[technology]?.();
    if (started === undefined) throw new Error(`unknown technology ${technology}`);
    ({ fresh, stop } = started);
  });
  afterAll(() => stop());

  it("should keep a fact once, however often it is put", async () => {
    const { history } = await fresh();

    await history.put([fact("evt_1")]);
    await history.put([fact("evt_1")]);

    expect(await history.get("evt_1")).toEqual(fact("evt_1"));
    expect(await history.get("evt_2")).toBeNull();
    const page = await history.timeline(["cus_a"], { limit: 10 });
    expect(page).toEqual({
      items: [{ id: "evt_1", kind: "event", at: AT, type: "track", name: "Seen", properties: {} }],
      cursor: null,
    });
  });

  it("should page through the facts of several customers by time, newest first, each once", async () => {
    const { history } = await fresh();
    const facts = Array.from({ length: 57 }, (_, index) =>
      fact(
        `evt_${String(index).padStart(3, "0")}`,
        index % 3 === 0 ? "cus_b" : "cus_a",
        new Date(Date.parse(AT) + Math.floor(index / 2) * 1000).toISOString(),
      ),
    );
    await history.put(facts);

    const seen: unknown[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await history.timeline(["cus_a", "cus_b"], {
        limit: 10,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== null);

    expect(seen).toEqual(facts.map(({ id }) => id).reverse());
  });

  it("should refuse a cursor that is none of its own", async () => {
    const { history } = await fresh();

    const asked = history.timeline(["cus_a"], { limit: 10, cursor: "bm9wZQ" });

    await expect(asked).rejects.toMatchObject({ code: "invalid_request" });
  });
});
