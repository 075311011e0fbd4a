import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoCustomerStore } from "#adapters/dynamodb/customers/customer-store.ts";
import { dynamoDecisionStore } from "#adapters/dynamodb/decisions/decision-store.ts";
import { dynamoHeldOffers } from "#adapters/dynamodb/offers/held-units.ts";
import { memoryCustomerStore, memoryCustomers } from "#adapters/memory/customer-store.ts";
import { memoryDecisionStore } from "#adapters/memory/decision-store.ts";
import { decide } from "#domain/decision/decide.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { DecisionStore, HeldOffers, HeldUnit } from "#ports/decision-store.ts";
import { system } from "#runtime/system.ts";
import { commitDecision } from "#usecases/decide/commit.ts";
import { type DynamoEngine, startDynamoEngine } from "../support/aws/dynamo-engine.ts";
import { identifierKeys } from "../support/aws/identifier-keys.ts";
import { action, customer, HOUR, NOON, playbookOf } from "../support/decisions/decision.ts";

const LIMIT = 10;
const web = { treatments: [{ name: "banner", channel: "web", weight: 1 }] };
/** One offer a test: all share the table. */
const OFFERS = ["seat", "crowd", "late", "shared", "nobody", "kept", "expired", "lost"] as const;
type Offer = (typeof OFFERS)[number];
const limitOf = (offer: Offer): number => (offer === "crowd" || offer === "lost" ? LIMIT : 1);
const shop = playbookOf({
  actions: OFFERS.map((offer) =>
    action(offer, { ...web, placements: [offer], stock: { limit: limitOf(offer), holdMs: HOUR } }),
  ),
  placements: OFFERS.map((name) => ({ name, limit: 1, channels: [] })),
});

let engine: DynamoEngine;
beforeAll(async () => {
  engine = await startDynamoEngine();
});
afterAll(() => engine.stop());

type Stores = {
  readonly customers: CustomerStore;
  readonly decisions: () => DecisionStore;
  readonly offers: HeldOffers;
};
const dynamo = (): Stores => {
  const tables = { client: engine.client, customersTable: "customers", historyTable: "history" };
  return {
    customers: dynamoCustomerStore({ ...tables, identifierKeys }),
    // A process of its own each: what one found gone, the next finds out for itself.
    decisions: () => dynamoDecisionStore(tables),
    offers: dynamoHeldOffers(tables),
  };
};
const memory = (): Stores => {
  const shared = { ...memoryCustomers(), messages: new Map() };
  const decisions = memoryDecisionStore(shared);
  return { customers: memoryCustomerStore(new Map(), shared), decisions: () => decisions, offers: decisions };
};

let ids = 0;
const add = async ({ customers }: Stores): Promise<string> => {
  ids += 1;
  const id = `cus_held_${ids}`;
  await customers.save({ customers: [customer({ id }).state], links: [] });
  return id;
};

/** Asks as `decide/api` does. The unit that is held, or null when there was none. */
const ask = async (
  stores: Stores,
  offer: Offer,
  customerId: string | null,
  now = NOON,
): Promise<HeldUnit | null> => {
  ids += 1;
  const decisionId = `dec_held_${ids}`;
  const record = customerId === null ? null : await stores.customers.find(customerId);
  const { decisions } = await commitDecision(
    { ...system, customers: stores.customers, decisions: stores.decisions() },
    record,
    (current, unavailable) => [
      decide({
        playbook: shop,
        record: current,
        placement: offer,
        mode: "answer",
        decisionId,
        now,
        unavailable,
      }),
    ],
  );
  const heldUntil = decisions[0]?.actions[0]?.heldUntil;
  return heldUntil === undefined ? null : { decisionId, action: offer, heldUntil, customerId };
};

const promisedOf = async (offer: Offer): Promise<string | undefined> => {
  const Key = { pk: { S: `stock#${offer}` } };
  const { Item: counters } = await engine.client.send(
    new GetItemCommand({ TableName: "history", Key, ConsistentRead: true }),
  );
  return counters?.promised?.N;
};

const held = async (...asked: Parameters<typeof ask>): Promise<HeldUnit> => {
  const unit = await ask(...asked);
  if (unit === null) throw new Error("there was no unit left");
  return unit;
};

describe.each([
  ["DynamoDB", dynamo],
  ["memory", memory],
])("a unit that is held, in %s", (_, open) => {
  it("goes to the next who asks once the customer turned it down, and to one only", async () => {
    const stores = open();
    const [ada, bo, cy] = [await add(stores), await add(stores), await add(stores)];
    const unit = await held(stores, "seat", ada);
    expect(await ask(stores, "seat", bo)).toBeNull();
    await Promise.all([1, 2, 3].map(() => stores.offers.giveBack(unit)));
    await held(stores, "seat", bo);
    await stores.offers.giveBack(unit);
    expect(await ask(stores, "seat", cy)).toBeNull();
    expect(await ask(stores, "seat", ada)).toBeNull();
  });

  it("is given back once although several decisions showed it", async () => {
    const stores = open();
    const [ada, bo, cy] = [await add(stores), await add(stores), await add(stores)];
    const first = await held(stores, "shared", ada);
    const again = await held(stores, "shared", ada);
    expect(again.heldUntil).toBe(first.heldUntil);
    await stores.offers.giveBack(first);
    await held(stores, "shared", bo);
    await stores.offers.giveBack(again);
    expect(await ask(stores, "shared", cy)).toBeNull();
  });

  it("is not given back after it was accepted, by whichever decision showed it", async () => {
    const stores = open();
    const [ada, bo] = [await add(stores), await add(stores)];
    const first = await held(stores, "kept", ada);
    const again = await held(stores, "kept", ada);
    await stores.offers.keep(first, 1);
    await Promise.all([first, again].map((unit) => stores.offers.giveBack(unit)));
    expect(await ask(stores, "kept", bo)).toBeNull();
  });

  it("of somebody nobody knows is given back by the decision that showed it, once", async () => {
    const stores = open();
    const unit = await held(stores, "nobody", null);
    await Promise.all([1, 2, 3].map(() => stores.offers.giveBack(unit)));
    await held(stores, "nobody", null);
    await stores.offers.giveBack(unit);
    expect(await ask(stores, "nobody", null)).toBeNull();
  });

  it("that was turned down and then accepted after all takes another, if there is one", async () => {
    const stores = open();
    const [ada, bo] = [await add(stores), await add(stores)];
    const unit = await held(stores, "late", ada);
    await stores.offers.giveBack(unit);
    await stores.offers.keep(unit, 1);
    await stores.offers.keep(unit, 1);
    await stores.offers.giveBack(unit);
    expect(await ask(stores, "late", bo)).toBeNull();
  });

  it("is never promised twice while a crowd asks and turns down at once", async () => {
    const stores = open();
    const people = await Promise.all(Array.from({ length: 40 }, () => add(stores)));
    const live = new Set<string>();
    let most = 0;
    let refusals = 0;
    const visit = async (id: string, stays: boolean): Promise<void> => {
      for (let round = 0; round < 6; round += 1) {
        const unit = await ask(stores, "crowd", id);
        if (unit === null) continue;
        // Promised for sure from here until it is told to be turned down.
        live.add(id);
        most = Math.max(most, live.size);
        if (stays) return;
        live.delete(id);
        refusals += 1;
        await Promise.all([1, 2].map(() => stores.offers.giveBack(unit)));
      }
    };
    await Promise.all(people.map((id, index) => visit(id, index % 8 === 0)));
    expect(most).toBeLessThanOrEqual(LIMIT);
    expect(refusals).toBeGreaterThan(LIMIT);
    // Whatever was turned down is there again, and no more.
    const fresh = await Promise.all(people.map(() => add(stores)));
    const units = await Promise.all(fresh.map((id) => ask(stores, "crowd", id)));
    expect(units.filter((unit) => unit !== null)).toHaveLength(LIMIT - live.size);
  });
});

/** As if the answer to the first call of that kind at the offer's counters got lost: the SDK makes the call again. */
const losingAnswers = (command: string, offer: Offer): (() => number) => {
  let lost = 0;
  const name = `losing ${command} ${offer}`;
  engine.client.middlewareStack.add(
    (next, context) => async (given) => {
      const answer = await next(given);
      const isMeant =
        context.commandName === command && JSON.stringify(given.input).includes(`stock#${offer}`);
      if (!isMeant || lost > 0) return answer;
      lost += 1;
      throw Object.assign(new Error("the connection broke"), { name: "TimeoutError", $retryable: {} });
    },
    { step: "deserialize", priority: "high", name },
  );
  return () => {
    engine.client.middlewareStack.remove(name);
    return lost;
  };
};

describe("a unit whose decision does not come to be", () => {
  it("goes back once, also when the answer gets lost on the way", async () => {
    const stores = dynamo();
    const [ada, bo] = [await add(stores), await add(stores)];
    await held(stores, "lost", ada);
    const record = await stores.customers.find(bo);
    const {
      decision,
      claims = [],
      contact,
    } = decide({
      playbook: shop,
      record,
      placement: "lost",
      mode: "answer",
      decisionId: "dec_lost",
      now: NOON,
    });
    if (contact === undefined) throw new Error("nothing was reserved");
    const stop = losingAnswers("TransactWriteItemsCommand", "lost");
    const written = await stores.decisions().commit({
      decisions: [decision],
      messages: [],
      claims,
      contact: { customerId: bo, history: { ...contact, version: contact.version + 7 } },
    });
    expect(stop()).toBe(1);
    expect(written.result).toBe("conflict");
    expect(await promisedOf("lost")).toBe("1");
  });

  it("is turned down once, also when the answer gets lost on the way", async () => {
    const stores = dynamo();
    const [ada, bo] = [await add(stores), await add(stores)];
    const unit = await held(stores, "lost", ada);
    await held(stores, "lost", bo);
    const stop = losingAnswers("TransactWriteItemsCommand", "lost");
    const before = Number(await promisedOf("lost"));
    await stores.offers.giveBack(unit);
    expect(stop()).toBe(1);
    expect(Number(await promisedOf("lost"))).toBe(before - 1);
  });
});

describe("a unit whose hold has run out", () => {
  it("is not given back a second time by a late refusal", async () => {
    const stores = dynamo();
    const [ada, bo, cy] = [await add(stores), await add(stores), await add(stores)];
    const unit = await held(stores, "expired", ada);
    await held(stores, "expired", bo, NOON + 3 * HOUR);
    await stores.offers.giveBack(unit);
    expect(await ask(stores, "expired", cy, NOON + 3 * HOUR)).toBeNull();
    expect(await promisedOf("expired")).toBe("1");
  });
});
