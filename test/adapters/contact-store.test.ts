import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoContactStore } from "#adapters/dynamodb/customers/contact-store.ts";
import { dynamoCustomerStore } from "#adapters/dynamodb/customers/customer-store.ts";
import { memoryContactStore } from "#adapters/memory/contact-store.ts";
import { NO_CONTACT, newState } from "#domain/customer/state.ts";
import type { ContactHistory } from "#domain/records/permission.ts";
import type { ContactStore } from "#ports/contact-store.ts";
import { startDynamoEngine } from "../support/aws/dynamo-engine.ts";
import { identifierKeys } from "../support/aws/identifier-keys.ts";

const AT = "2026-03-11T11:00:00.000Z";
const history = (version: number, id = "msg_1"): ContactHistory => ({
  version,
  entries: [
    { id, at: AT, channel: "email", category: "marketing", action: "tea", treatment: "tea", kind: "message" },
  ],
  coolDowns: {},
});
type Technology = {
  readonly store: ContactStore;
  readonly read: (customerId: string) => Promise<ContactHistory | undefined>;
  readonly stop: () => void;
};

const technologies: Record<string, () => Promise<Technology>> = {
  memory: async () => {
    const contacts = new Map<string, ContactHistory>();
    return { store: memoryContactStore(contacts), read: async (id) => contacts.get(id), stop: () => {} };
  },
  dynamodb: async () => {
    const { client, stop } = await startDynamoEngine();
    const customers = dynamoCustomerStore({
      client,
      customersTable: "customers",
      historyTable: "history",
      identifierKeys,
    });
    for (const id of ["cus_1", "cus_2"]) {
      await customers.save({ customers: [{ ...newState(id, AT), version: 1 }], links: [] });
    }
    return {
      store: dynamoContactStore({ client, table: "customers" }),
      read: async (id) => (await customers.load(id))?.contact,
      stop,
    };
  },
};

describe.each(Object.entries(technologies))("contact history in %s", (_name, start) => {
  let technology: Technology;
  beforeAll(async () => {
    technology = await start();
  });
  afterAll(() => technology.stop());

  it("is written over the version that was read, and over no other", async () => {
    const { read, store } = technology;
    expect(await store.save("cus_1", history(NO_CONTACT.version + 1))).toBe(true);
    expect(await store.save("cus_1", history(2, "msg_2"))).toBe(true);
    expect(await store.save("cus_1", history(2, "msg_3"))).toBe(false);
    expect(await store.save("cus_1", history(4, "msg_4"))).toBe(false);
    expect(await read("cus_1")).toMatchObject(history(2, "msg_2"));
  });

  it("is one customer's own", async () => {
    const { read, store } = technology;
    await store.save("cus_2", history(1, "msg_9"));
    expect((await read("cus_2"))?.entries.map(({ id }) => id)).toEqual(["msg_9"]);
    expect((await read("cus_1"))?.entries.map(({ id }) => id)).toEqual(["msg_2"]);
  });
});
