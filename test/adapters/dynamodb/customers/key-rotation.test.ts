import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dynamoCustomerStore } from "#adapters/dynamodb/customers/customer-store.ts";
import { dynamoSuppressionStore } from "#adapters/dynamodb/customers/suppression-store.ts";
import { newState } from "#domain/customer/state.ts";
import { lookupKeys, parseKeyring, withKey } from "#kernel/keyring.ts";
import { type DynamoEngine, startDynamoEngine } from "../../../support/aws/dynamo-engine.ts";

const NOON = Date.parse("2026-12-01T12:00:00.000Z");
const AT = "2026-12-01T00:00:00.000Z";
const OLD = parseKeyring("old");
const BOTH = withKey(OLD, "new", new Date(NOON).toISOString());

/** How far a process is: it has not read the new key, it has, and the new one's time has come. */
const STEPS = {
  unaware: async () => lookupKeys(OLD, NOON - 60_000),
  before: async () => lookupKeys(BOTH, NOON - 1),
  after: async () => lookupKeys(BOTH, NOON),
};
type Step = keyof typeof STEPS;
const MET: readonly (readonly [Step, Step])[] = [
  ["unaware", "unaware"],
  ["unaware", "before"],
  ["before", "before"],
  ["before", "after"],
  ["after", "after"],
];

const email = { type: "email", value: "ada@shop.example" };
const user = { type: "userId", value: "ada" };

let engine: DynamoEngine;
beforeEach(async () => {
  engine = await startDynamoEngine();
});
afterEach(() => engine.stop());

const customersAt = (step: Step, repairPointers = false) =>
  dynamoCustomerStore({
    client: engine.client,
    customersTable: "customers",
    historyTable: "history",
    identifierKeys: STEPS[step],
    repairPointers,
  });
const addressesAt = (step: Step) =>
  dynamoSuppressionStore({ client: engine.client, table: "customers", identifierKeys: STEPS[step] });

/** Makes a customer of whoever has the address, as one does who has found nobody. */
const make = (step: Step, customerId: string, identifiers = [email]) =>
  customersAt(step).save({
    customers: [{ ...newState(customerId, AT), version: 1 }],
    links: identifiers.map((identifier) => ({ identifier, to: customerId })),
  });
const found = async (step: Step) =>
  (await customersAt(step).find("email:ada@shop.example"))?.state.customerId;

describe("while the identifier key is being replaced", () => {
  it.each([...MET, ...MET.map(([one, other]) => [other, one] as const)])(
    "nobody is made twice by one who is %s and one who is %s",
    async (one, other) => {
      const saved = [await make(one, "cus_1"), await make(other, "cus_2")];
      expect(saved).toEqual(["saved", "conflict"]);
      expect([await found(one), await found(other)]).toEqual(["cus_1", "cus_1"]);
    },
  );

  it("who was found before is found, at every step, in as many requests as ever where many are looked up", async () => {
    await make("unaware", "cus_1", [email, user]);
    for (const step of ["unaware", "before", "after"] as const) {
      expect(await found(step)).toBe("cus_1");
      engine.operations();
      const { links } = await customersAt(step).resolve([email, user], ["evt_1"]);
      expect(engine.operations()).toEqual(["BatchGetItem"]);
      expect(links).toEqual(
        new Map([
          ["email:ada@shop.example", "cus_1"],
          ["userId:ada", "cus_1"],
        ]),
      );
    }
  });

  it("who comes back is moved to the new key, and then found without the old one", async () => {
    await make("unaware", "cus_1");
    const newAlone = async () => lookupKeys(BOTH.slice(0, 1), NOON);
    const tables = { client: engine.client, customersTable: "customers", historyTable: "history" };
    const store = dynamoCustomerStore({ ...tables, identifierKeys: newAlone });
    expect(await store.find("email:ada@shop.example")).toBeNull();
    await customersAt("after", true).resolve([email], []);
    expect((await store.find("email:ada@shop.example"))?.state.customerId).toBe("cus_1");
    engine.operations();
    await customersAt("after", true).resolve([email], []);
    expect(engine.operations()).toEqual(["BatchGetItem"]);
  });

  it("somebody whose pointer has moved meanwhile is not moved back", async () => {
    await make("before", "cus_1");
    await customersAt("after").repoint([email], "cus_2");
    await customersAt("after", true).resolve([email], []);
    const { links } = await customersAt("after").resolve([email], []);
    expect(links.get("email:ada@shop.example")).toBe("cus_2");
  });

  it.each(MET)(
    "a complaint noted by one who is %s keeps back the mail of one who is %s",
    async (one, other) => {
      await addressesAt(one).add("email", "ada@shop.example", { reason: "complained", at: AT });
      const facts = await addressesAt(other).find("email", ["ada@shop.example"]);
      expect(facts.get("ada@shop.example")?.suppression?.reason).toBe("complained");
    },
  );

  it("the last word of a mailbox stands, whichever key it was said under", async () => {
    const say = (step: Step, status: "granted" | "withdrawn", at: string) =>
      addressesAt(step).say("email", "ada@shop.example", { topic: "marketing", status, at });
    const said = async (step: Step) =>
      (await addressesAt(step).find("email", ["ada@shop.example"])).get("ada@shop.example")?.said;
    await say("unaware", "withdrawn", "2026-12-01T01:00:00.000Z");
    await say("after", "granted", "2026-12-01T02:00:00.000Z");
    expect(await said("after")).toMatchObject([{ status: "granted" }]);
    await say("before", "withdrawn", "2026-12-01T03:00:00.000Z");
    expect(await said("after")).toMatchObject([{ status: "withdrawn" }]);
    expect(await said("unaware")).toMatchObject([{ status: "withdrawn" }]);
  });
});
