import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CollectedEvent, InboxMessage } from "#domain/records/event.ts";
import { hashId } from "#kernel/hash.ts";
import { type ApplyDependencies, applyGroup } from "#usecases/apply/apply-group.ts";
import { minutesAgo } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();

class Crash extends Error {}

type When = "before" | "after";
/** At the n-th step of a worker's outside world, before or after it is done, it fails; the worker dies of it or goes on. */
type Fault = { readonly step: number; readonly when: When; readonly dies: boolean };
const crashing = (dependencies: ApplyDependencies, { step, when, dies }: Fault): ApplyDependencies => {
  let steps = 0;
  let isDead = false;
  const guard =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const isHere = steps === step;
      steps += 1;
      if (isDead || (isHere && when === "before")) {
        isDead = dies;
        throw new Crash();
      }
      const result = await work(...args);
      if (isHere) {
        isDead = dies;
        throw new Crash();
      }
      return result;
    };
  const { customers, history, timers, bus } = dependencies;
  return {
    ...dependencies,
    customers: {
      ...customers,
      resolve: guard(customers.resolve),
      load: guard(customers.load),
      save: guard(customers.save),
      repoint: guard(customers.repoint),
      putConsent: guard(customers.putConsent),
    },
    history: { ...history, put: guard(history.put) },
    timers: { set: guard(timers.set), cancel: guard(timers.cancel) },
    bus: { publish: guard(bus.publish) },
  };
};

let sequence = 0;
const make = (name: string, minute: number, members: Partial<CollectedEvent>): CollectedEvent => {
  sequence += 1;
  return {
    id: hashId("evt", "crash", String(sequence)),
    type: "track",
    name,
    at: minutesAgo(minute),
    receivedAt: minutesAgo(0),
    source: "test",
    imported: false,
    depth: 0,
    ...members,
  };
};

/** One person on two devices and in a shop: several groups that meet in one customer. */
const story: readonly InboxMessage[] = [
  {
    v: 1,
    group: "a1",
    events: [
      make("Signed Up", 40, { anonymousId: "a1" }),
      make("Product Added", 39, { anonymousId: "a1", properties: { product_id: "p1" } }),
    ],
  },
  {
    v: 1,
    group: "a2",
    events: [make("Signed Up", 38, { anonymousId: "a2" }), make("Product Viewed", 37, { anonymousId: "a2" })],
  },
  {
    v: 1,
    group: "u1",
    events: [
      make("identify", 30, {
        type: "identify",
        userId: "u1",
        anonymousId: "a1",
        traits: { firstName: "Ada" },
      }),
      make("Order Completed", 29, { userId: "u1", properties: { total: 10 } }),
      make("Consent Changed", 28, {
        userId: "u1",
        properties: { channel: "email", topic: "marketing", status: "granted" },
      }),
    ],
  },
  { v: 1, group: "a1", events: [make("Product Viewed", 27, { anonymousId: "a1" })] },
  {
    v: 1,
    group: "u1",
    events: [
      make("Signed Up", 20, { userId: "u1", anonymousId: "a2" }),
      make("Product Added", 19, { userId: "u1" }),
    ],
  },
  {
    v: 1,
    group: "u1",
    events: [
      make("Order Completed", 10, { userId: "u1", properties: { total: 5 } }),
      make("Product Added", 5, { userId: "u1" }),
    ],
  },
];

/** The inbox: a group's messages in order, a message again until it is done. `picks` chooses whose turn it is. */
const runQueue = async (
  dependencies: ApplyDependencies,
  picks: readonly number[],
  crash: (turn: number) => Fault | undefined,
) => {
  const queues = [...Map.groupBy(story, ({ group }) => group).values()].map((messages) => [...messages]);
  for (let turn = 0; queues.some((queue) => queue.length > 0); turn += 1) {
    const waiting = queues.filter((queue) => queue.length > 0);
    const queue = waiting[(picks[turn % picks.length] ?? 0) % waiting.length];
    const message = queue?.[0];
    if (queue === undefined || message === undefined) continue;
    const fault = crash(turn);
    try {
      await applyGroup(fault ? crashing(dependencies, fault) : dependencies, message);
      queue.shift();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }
};

const expectedIds = (name: string, trigger: string): string[] =>
  story
    .flatMap(({ events }) => events)
    .filter((event) => event.name === name)
    .map(({ id }) => hashId("trg", id, trigger))
    .sort();

const checkFacts = async (profiles: ReturnType<typeof memoryProfiles>): Promise<void> => {
  const record = await profiles.dependencies.customers.find("userId:u1");
  const living = [...profiles.shared.states.values()].filter(({ mergedInto }) => mergedInto === undefined);
  expect(living.map(({ customerId }) => customerId)).toEqual([record?.state.customerId]);
  expect(record?.state.computed.orders?.all).toEqual({ n: 2 });
  expect(record?.state.computed.spent?.all).toEqual({ sum: "15000000" });
  expect(record?.consent.entries["email|marketing"]?.status).toBe("granted");
  const told = [...new Set(profiles.published.map(({ id }) => id))];
  const welcomed = expectedIds("Signed Up", "welcome");
  const confirmed = expectedIds("Order Completed", "order-confirmed");
  expect(told.sort()).toEqual([...welcomed, ...confirmed].sort());
  const pending = record?.state.pending.map(({ timerId }) => timerId) ?? [];
  expect([...profiles.timers.keys()].sort()).toEqual(pending);
  expect(pending).toHaveLength(1);
  const facts = [...profiles.facts.values()].filter(({ kind }) => kind === "event").map(({ id }) => id);
  expect(facts.sort()).toEqual(
    story
      .flatMap(({ events }) => events)
      .map(({ id }) => id)
      .sort(),
  );
};

describe("a worker that dies", () => {
  it.each(["before", "after"] as const)(
    "should neither lose nor double a fact when it dies %s any one step",
    async (when) => {
      for (let turn = 0; turn < story.length; turn += 1) {
        for (let step = 0; step < 14; step += 1) {
          const profiles = memoryProfiles(playbook);
          await runQueue(profiles.dependencies, [0, 1, 2], (now) =>
            now === turn ? { step, when, dies: true } : undefined,
          );
          await checkFacts(profiles);
        }
      }
    },
  );

  it("should neither lose nor double a fact when it dies or a call fails again and again, groups taking turns in any order", async () => {
    const deaths = fc.array(
      fc.option(
        fc.record({
          step: fc.nat({ max: 12 }),
          when: fc.constantFrom<When>("before", "after"),
          dies: fc.boolean(),
        }),
        { nil: undefined },
      ),
      { maxLength: 20 },
    );

    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 2 }), { minLength: 1 }), deaths, async (picks, faults) => {
        const profiles = memoryProfiles(playbook);
        await runQueue(profiles.dependencies, picks, (turn) => faults[turn]);
        await checkFacts(profiles);
      }),
      { numRuns: 150 },
    );
  });
});
