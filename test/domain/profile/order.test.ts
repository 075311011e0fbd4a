import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { profileAnswer } from "#domain/profile/answer.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { hashId } from "#kernel/hash.ts";
import { applyGroup } from "#usecases/apply/apply-group.ts";
import { minutesAgo, NOW } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook({
  "data-model.yaml": `
traits: { email: string, firstName: string, plan: string, age: number }
computed:
  orders: { kind: count, event: Order Completed }
  spent: { kind: sum, event: Order Completed, property: total }
  dearest: { kind: max, event: Order Completed, property: total, type: number }
  cheapest: { kind: min, event: Order Completed, property: total, type: number }
  firstTotal: { kind: first, event: Order Completed, property: total, type: number }
  lastTotal: { kind: last, event: Order Completed, property: total, type: number }
  goods: { kind: distinct, event: Product Viewed, property: product_id }
  goodsLately: { kind: distinct, event: Product Viewed, property: product_id, window: P7D }
  viewsLately: { kind: count, event: Product Viewed, window: P7D }
  bigOrders: { kind: count, event: Order Completed, where: event.total > 50 }
events:
  Signed Up: {}
  Product Viewed: { product_id: string, name: string, price: number }
  Product Added: { product_id: string, name: string, price: number }
  Order Completed: { order_id: string, total: number, products: list }
`,
});

const DEVICES = ["a1", "a2", "a3", "a4"];
const BIG = "x".repeat(900);

/** Something one person did: on a device, perhaps logged in, at some time of the last hours. */
const deed = fc.record({
  device: fc.constantFrom(...DEVICES),
  loggedIn: fc.boolean(),
  timezone: fc.constantFrom("Asia/Tokyo", "America/Lima", "GMT+0530", "nowhere", null),
  minute: fc.integer({ min: 0, max: 20 }),
  what: fc.oneof(
    fc.record({
      type: fc.constant("identify" as const),
      traits: fc.dictionary(
        fc.constantFrom("firstName", "plan", "age", "email", "constructor"),
        fc.constantFrom("x", "y", 7, null, "ada@shop.example", "bea@shop.example"),
      ),
    }),
    fc.record({
      type: fc.constant("track" as const),
      name: fc.constantFrom("Order Completed", "Product Viewed", "Product Added"),
      properties: fc.record({
        total: fc.constantFrom(0.1, 0.2, 19.99, "19.99", 100),
        product_id: fc.constantFrom("p1", "p2", "p3"),
        note: fc.constantFrom("", BIG, BIG + BIG + BIG),
      }),
    }),
    fc.record({
      type: fc.constant("track" as const),
      name: fc.constant("Consent Changed"),
      properties: fc.record({
        channel: fc.constantFrom("email", "sms"),
        topic: fc.constant("marketing"),
        status: fc.constantFrom("granted", "withdrawn"),
      }),
    }),
    fc.record({
      type: fc.constant("outcome" as const),
      name: fc.constant("message.bounced"),
      properties: fc.constant({ channel: "email", address: "ada@shop.example" }),
    }),
  ),
});

const eventOf = (
  one: typeof deed extends fc.Arbitrary<infer T> ? T : never,
  index: number,
): CollectedEvent => ({
  id: hashId("evt", "order", String(index)),
  name: "name" in one.what ? one.what.name : one.what.type,
  anonymousId: one.device,
  ...(one.loggedIn ? { userId: "u1" } : {}),
  context: { timezone: one.timezone },
  at: minutesAgo(60 + one.minute),
  receivedAt: minutesAgo(0),
  source: "test",
  imported: false,
  depth: 0,
  ...one.what,
});

/** Every device meets the person once: whoever was anonymous turns out to be them. */
const meetings = DEVICES.map(
  (device, index): CollectedEvent => ({
    id: hashId("evt", "meeting", String(index)),
    type: "identify",
    name: "identify",
    userId: "u1",
    anonymousId: device,
    at: minutesAgo(30),
    receivedAt: minutesAgo(0),
    source: "test",
    imported: false,
    depth: 0,
  }),
);

/** An order of arrival: every event at least once, some twice, in batches of up to six. */
const arrival = (events: readonly CollectedEvent[]) =>
  fc
    .subarray([...events])
    .chain((again) =>
      fc.tuple(
        fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }),
        fc.infiniteStream(fc.integer({ min: 1, max: 6 })),
      ),
    )
    .map(([sequence, sizes]) => {
      const batches: CollectedEvent[][] = [];
      for (let start = 0; start < sequence.length; start += batches.at(-1)?.length ?? 0) {
        batches.push(sequence.slice(start, start + sizes.next().value));
      }
      return batches;
    });

const endOf = async (batches: readonly (readonly CollectedEvent[])[]) => {
  const profiles = memoryProfiles(playbook);
  for (const [index, events] of batches.entries()) {
    const group = events[0]?.userId ?? events[0]?.anonymousId ?? String(index);
    await applyGroup(profiles.dependencies, { v: 1, group, events });
  }
  const record = await profiles.dependencies.customers.find("userId:u1");
  if (record === null) throw new Error("nobody was found");
  const { customerId: _, version: __, ...answer } = profileAnswer(record, playbook, NOW);
  const living = [...profiles.shared.states.values()].filter(({ mergedInto }) => mergedInto === undefined);
  const told = [...profiles.facts.values()].filter(({ kind }) => kind !== "merge");
  return {
    answer,
    recent: record.state.recent,
    deviceZone: record.state.deviceZone,
    lastSeen: record.state.lastSeen,
    pending: record.state.pending,
    people: living.length,
    identifiers: record.state.identifiers,
    facts: told
      .filter(({ body }) => body.type !== "segment")
      .map(({ id }) => id)
      .sort(),
    timers: [...profiles.timers.keys()].sort(),
  };
};

describe("the same events of one person", () => {
  it("should end in the same profile in any order, duplicated, in any batches", async () => {
    const history = fc.array(deed, { minLength: 1, maxLength: 24 }).chain((deeds) => {
      const events = [...deeds.map(eventOf), ...meetings];
      return fc.tuple(arrival(events), arrival(events));
    });

    await fc.assert(
      fc.asyncProperty(history, async ([one, other]) => {
        const end = await endOf(one);
        expect(end.people).toBe(1);
        expect(await endOf(other)).toEqual(end);
      }),
      { numRuns: 150 },
    );
  });
});
