import { memoryCustomerStore, memoryCustomers } from "#adapters/memory/customer-store.ts";
import { memoryHistoryStore } from "#adapters/memory/history-store.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { DomainEvent, HistoryItem, Timer } from "#domain/records/effects.ts";
import { system } from "#runtime/system.ts";
import type { ApplyDependencies } from "#usecases/apply/apply-group.ts";
import { NOW } from "./events.ts";

/** Everything that applying events touches, in memory, and what can be seen of it. */
export const memoryProfiles = (playbook: CompiledPlaybook) => {
  const facts = new Map<string, HistoryItem>();
  const shared = memoryCustomers();
  const timers = new Map<string, Timer>();
  const published: DomainEvent[] = [];
  let count = 0;
  const dependencies: ApplyDependencies & typeof system = {
    ...system,
    customers: memoryCustomerStore(facts, shared),
    history: memoryHistoryStore(facts),
    timers: {
      set: async (some) => {
        for (const timer of some) timers.set(timer.id, timer);
      },
      cancel: async (some) => {
        for (const { id } of some) timers.delete(id);
      },
    },
    bus: {
      publish: async (events) => {
        published.push(...events);
      },
    },
    playbook: async () => playbook,
    clock: { now: () => NOW },
    ids: {
      id: (prefix) => {
        count += 1;
        return `${prefix}_${String(count).padStart(26, "0")}`;
      },
    },
  };
  return { dependencies, shared, facts, timers, published };
};
