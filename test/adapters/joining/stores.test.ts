import { describe, expect, it } from "vitest";
import { joinedBus, joinedCustomers, joinedHistory, joinedTimers } from "#adapters/joining/stores.ts";
import { memoryCustomerStore, memoryCustomers } from "#adapters/memory/customer-store.ts";
import { memoryHistoryStore } from "#adapters/memory/history-store.ts";
import { newState } from "#domain/customer/state.ts";
import type { DomainEvent, HistoryItem, Timer } from "#domain/records/effects.ts";

const fact = (id: string): HistoryItem => ({
  id,
  kind: "event",
  customerId: "cus_1",
  at: "2026-03-01T10:00:00.000Z",
  body: {},
});
const event = (id: string): DomainEvent => ({ id, name: "trigger.fired", detail: {} });
const timer = (id: string): Timer => ({ id, due: "2026-03-01T10:00:00.000Z", event: event(id) });

describe("stores that join calls", () => {
  it("should resolve for several groups in one request, and show each only what it asked for", async () => {
    const asked: number[] = [];
    const store = memoryCustomerStore(new Set(["evt_1", "evt_2"]), memoryCustomers());
    const email = (value: string) => ({ type: "email", value });
    const link = (id: string, value: string) =>
      store.save({
        customers: [{ ...newState(id, "2026-03-01T10:00:00.000Z"), version: 1 }],
        links: [{ identifier: email(value), to: id }],
      });
    await link("cus_a", "a@shop.example");
    await link("cus_b", "b@shop.example");
    const joined = joinedCustomers({
      ...store,
      resolve: (identifiers, eventIds) => {
        asked.push(identifiers.length + eventIds.length);
        return store.resolve(identifiers, eventIds);
      },
    });

    const [a, b] = await Promise.all([
      joined.resolve([email("a@shop.example"), email("c@shop.example")], ["evt_1", "evt_3"]),
      joined.resolve([email("b@shop.example")], ["evt_2"]),
    ]);

    expect(asked).toEqual([6]);
    expect([...a.links]).toEqual([["email:a@shop.example", "cus_a"]]);
    expect([...a.seenEvents]).toEqual(["evt_1"]);
    expect([...b.links]).toEqual([["email:b@shop.example", "cus_b"]]);
    expect([...b.seenEvents]).toEqual(["evt_2"]);
  });

  it("should write a fact that two groups tell of once in a request", async () => {
    const written: string[][] = [];
    const joined = joinedHistory({
      ...memoryHistoryStore(new Map()),
      put: async (facts) => {
        written.push(facts.map(({ id }) => id));
      },
    });

    await Promise.all([joined.put([fact("a"), fact("b")]), joined.put([]), joined.put([fact("b")])]);

    expect(written).toEqual([["a", "b"]]);
  });

  it("should publish ten events a request and set as many timers as one request takes", async () => {
    const published: number[] = [];
    const bus = joinedBus({
      publish: async (events) => {
        published.push(events.length);
      },
    });
    const set: number[] = [];
    const cancelled: string[][] = [];
    const timers = joinedTimers({
      set: async (some) => {
        set.push(some.length);
      },
      cancel: async (some) => {
        cancelled.push(some.map(({ id }) => id));
      },
    });
    const many = Array.from({ length: 13 }, (_, index) => String(index));

    await Promise.all([
      ...many.map((id) => bus.publish([event(id)])),
      ...many.map((id) => timers.set([timer(id)])),
      ...["x", "y"].map((id) => timers.cancel([timer(id)])),
    ]);

    expect(published).toEqual([10, 3]);
    expect(set).toEqual([12, 1]);
    expect(cancelled).toEqual([["x", "y"]]);
  });
});
