import { memoryCodeStore } from "#adapters/memory/code-store.ts";
import { memoryConfirmationStore } from "#adapters/memory/confirmation-store.ts";
import { noConversations } from "#adapters/memory/conversation-store.ts";
import { memoryCustomerStore, memoryCustomers } from "#adapters/memory/customer-store.ts";
import { memoryDataKeys } from "#adapters/memory/data-keys.ts";
import { memoryDecisionStore } from "#adapters/memory/decision-store.ts";
import { memoryHistoryStore } from "#adapters/memory/history-store.ts";
import { memoryMessageStore } from "#adapters/memory/message-store.ts";
import { memoryTimers } from "#adapters/memory/timers.ts";
import type { LogRecord } from "#domain/decision-log/types.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { DomainEvent, HistoryItem } from "#domain/records/effects.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { Message } from "#domain/records/message.ts";
import { DecisionRecorded } from "#events/decision-recorded.ts";
import { RapportError } from "#kernel/errors.ts";
import { system } from "#runtime/system.ts";

const keepIn =
  <T>(kept: T[]) =>
  async (items: readonly T[]): Promise<void> => {
    kept.push(...items);
  };

/** Everything that the deciding functions touch, in memory, and what can be seen of it. */
export const memoryDeciding = (playbook: CompiledPlaybook, start: number) => {
  let now = start;
  let count = 0;
  const clock = { now: () => now };
  const shared = {
    ...memoryCustomers(),
    messages: new Map<string, Message>(),
    conversing: noConversations(),
  };
  const facts = new Map<string, HistoryItem>();
  const published: DomainEvent[] = [];
  /** Apart from the others: every decision is told of. */
  const toldToReports: DomainEvent[] = [];
  const inboxed: CollectedEvent[] = [];
  const logged: LogRecord[] = [];
  const timers = memoryTimers({ due: { send: async () => {} }, clock, soonMs: 0 });
  const decisions = memoryDecisionStore(shared);
  const dependencies = {
    confirmations: memoryConfirmationStore(),
    codes: memoryCodeStore(),
    linkKeys: async () => ["a link key of tests"],
    ...system,
    customers: memoryCustomerStore(facts, shared),
    history: memoryHistoryStore(facts),
    decisions,
    offers: decisions,
    messages: memoryMessageStore(shared.messages),
    playbooks: {
      current: async () => playbook,
      get: async (version: string) => {
        if (version === playbook.version) return playbook;
        throw new RapportError("not_found", `there is no playbook ${version}`);
      },
    },
    bus: {
      publish: async (events: readonly DomainEvent[]) => {
        for (const event of events)
          (event.name === DecisionRecorded.name ? toldToReports : published).push(event);
      },
    },
    inbox: { send: keepIn(inboxed) },
    timers,
    log: {
      write: async (entries: readonly { readonly record: LogRecord }[]) => {
        logged.push(...entries.map(({ record }) => record));
      },
    },
    dataKeys: memoryDataKeys(shared.dataKeys),
    clock,
    ids: {
      id: (prefix: string) => {
        count += 1;
        return `${prefix}_${String(count).padStart(26, "0")}`;
      },
    },
  };
  return {
    dependencies,
    messages: shared.messages,
    contacts: shared.contacts,
    conversing: shared.conversing,
    facts,
    published,
    toldToReports,
    inboxed,
    logged,
    timers,
    moveTo: (time: number) => {
      now = time;
    },
    /** Stores a customer with everything that belongs to them. */
    add: ({ state, contact, consent }: CustomerRecord) => {
      shared.states.set(state.customerId, state);
      shared.contacts.set(state.customerId, contact);
      shared.consents.set(state.customerId, consent);
      for (const { type, value } of state.identifiers) {
        shared.pointers.set(`${type}:${value}`, state.customerId);
      }
    },
  };
};
