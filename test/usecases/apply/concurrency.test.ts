import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { dynamoCustomerStore } from "#adapters/dynamodb/customers/customer-store.ts";
import { dynamoHistoryStore } from "#adapters/dynamodb/history/history-store.ts";
import { type ApplyDependencies, applyGroup } from "#usecases/apply/apply-group.ts";
import { startDynamoEngine } from "../../support/aws/dynamo-engine.ts";
import { identifierKeys } from "../../support/aws/identifier-keys.ts";
import { identify, minutesAgo, track } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const engine = await startDynamoEngine();
afterAll(() => engine.stop());

/** Lets other workers in between any two steps; `waits` says how often at each. */
const interleaved = (dependencies: ApplyDependencies, waits: readonly number[]): ApplyDependencies => {
  let steps = 0;
  const slow =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const wait = waits[steps % waits.length] ?? 0;
      steps += 1;
      for (let count = 0; count < wait; count += 1) await turn();
      return work(...args);
    };
  const { customers, history, timers, bus } = dependencies;
  return {
    ...dependencies,
    customers: {
      ...customers,
      resolve: slow(customers.resolve),
      load: slow(customers.load),
      save: slow(customers.save),
      putConsent: slow(customers.putConsent),
    },
    history: { ...history, put: slow(history.put) },
    timers: { set: slow(timers.set), cancel: slow(timers.cancel) },
    bus: { publish: slow(bus.publish) },
  };
};

describe("workers that meet in one customer", () => {
  it("should apply every event once, whoever writes first", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 9 }), {
          minLength: 5,
          maxLength: 5,
        }),
        async (waits) => {
          const profiles = memoryProfiles(playbook);
          const devices = ["a1", "a2", "a3", "a4"];
          const messages = [
            ...devices.map((anonymousId) => [
              track("Order Completed", { anonymousId, at: minutesAgo(9), properties: { total: 1 } }),
              identify({}, { anonymousId, userId: "u1", at: minutesAgo(8) }),
              track("Signed Up", { anonymousId, at: minutesAgo(7) }),
            ]),
            [track("Order Completed", { userId: "u1", properties: { total: 1 } })],
          ];

          await Promise.all(
            messages.map((events, index) =>
              applyGroup(interleaved(profiles.dependencies, waits[index] ?? [0]), {
                v: 1,
                group: String(index),
                events,
              }),
            ),
          );

          const { states, pointers } = profiles.shared;
          const living = [...states.values()].filter(({ mergedInto }) => mergedInto === undefined);
          expect(living).toHaveLength(1);
          expect(living[0]?.computed.orders?.all).toEqual({ n: 5 });
          expect(new Set(profiles.published.map(({ id }) => id)).size).toBe(9);
          expect(profiles.facts.size).toBeGreaterThanOrEqual(13);
          for (const key of pointers.keys()) {
            expect((await profiles.dependencies.customers.find(key))?.state).toEqual(living[0]);
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it.each([
    ["small", { total: 1 }, 5],
    ["too large to be remembered", { total: 1, note: "x".repeat(3_000) }, 5],
    ["too old to be remembered", { total: 1 }, 300],
  ])(
    "should apply an event that is %s once, whoever writes while its retry reads",
    async (_, properties, minutes) => {
      const profiles = memoryProfiles(playbook);
      const { dependencies } = profiles;
      const views = Array.from({ length: 12 }, (_one, index) =>
        track("Product Viewed", { anonymousId: "a1", at: minutesAgo(100 - index) }),
      );
      await applyGroup(dependencies, { v: 1, group: "a", events: views });
      const order = {
        v: 1 as const,
        group: "a",
        events: [track("Order Completed", { anonymousId: "a1", at: minutesAgo(minutes), properties })],
      };
      const dying = {
        ...dependencies,
        history: { ...dependencies.history, put: () => Promise.reject(new Error("dies")) },
      };
      await expect(applyGroup(dying, order)).rejects.toThrow("dies");

      const meanwhile = {
        v: 1 as const,
        group: "b",
        events: [track("Product Viewed", { anonymousId: "a1", at: minutesAgo(1) })],
      };
      const load: typeof dependencies.customers.load = async (id) => {
        await applyGroup(dependencies, meanwhile);
        return dependencies.customers.load(id);
      };
      await applyGroup({ ...dependencies, customers: { ...dependencies.customers, load } }, order);

      const record = await dependencies.customers.find("anonymousId:a1");
      expect(record?.state.computed.orders?.all).toEqual({ n: 1 });
    },
  );

  it("should count 40 concurrent events of one customer exactly on the real tables", async () => {
    const profiles = memoryProfiles(playbook);
    const dependencies: ApplyDependencies = {
      ...profiles.dependencies,
      customers: dynamoCustomerStore({
        client: engine.client,
        customersTable: "customers",
        historyTable: "history",
        identifierKeys,
      }),
      history: dynamoHistoryStore({ client: engine.client, table: "history" }),
    };
    const events = Array.from({ length: 40 }, () =>
      track("Order Completed", { userId: "u9", properties: { total: 0.1 } }),
    );

    await Promise.all(
      Array.from({ length: 4 }, async (_, worker) => {
        for (let index = worker; index < events.length; index += 4) {
          await applyGroup(dependencies, {
            v: 1,
            group: `g${worker}`,
            events: events.slice(index, index + 1),
          });
        }
      }),
    );

    const record = await dependencies.customers.find("userId:u9");
    expect(record?.state.computed.orders?.all).toEqual({ n: 40 });
    expect(record?.state.computed.spent?.all).toEqual({ sum: "4000000" });
    const { items } = await dependencies.history.timeline([record?.state.customerId ?? ""], { limit: 100 });
    expect(items.filter(({ name }) => name === "Order Completed")).toHaveLength(40);
  }, 60_000);
});
