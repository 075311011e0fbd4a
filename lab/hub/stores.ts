import { SET_DIRECTLY_MS } from "#adapters/dynamodb/timers/timers.ts";
import { memoryConfirmationStore } from "#adapters/memory/confirmation-store.ts";
import { memoryContactStore } from "#adapters/memory/contact-store.ts";
import { memoryConversationStore, noConversations } from "#adapters/memory/conversation-store.ts";
import { memoryCustomerScan } from "#adapters/memory/customer-scan.ts";
import { memoryCustomerStore, memoryCustomers } from "#adapters/memory/customer-store.ts";
import { memoryDataKeys } from "#adapters/memory/data-keys.ts";
import { memoryDecisionStore } from "#adapters/memory/decision-store.ts";
import { memoryExperimentStore } from "#adapters/memory/experiment-store.ts";
import { memoryHistoryStore } from "#adapters/memory/history-store.ts";
import { memoryJobStore } from "#adapters/memory/job-store.ts";
import { memoryLearningStore } from "#adapters/memory/learning-store.ts";
import { memoryMessageStore, memoryOverdueMessages } from "#adapters/memory/message-store.ts";
import { memoryReceivedMessages } from "#adapters/memory/received-messages.ts";
import { memoryReportStore } from "#adapters/memory/report-store.ts";
import { memoryRunStore } from "#adapters/memory/run-store.ts";
import { memorySuppressionStore } from "#adapters/memory/suppression-store.ts";
import { memoryTimerItems, memoryTimers } from "#adapters/memory/timers.ts";
import { groupOf } from "#adapters/sqs/inbox.ts";
import type { EmailMessage } from "#channels/email/message.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { DomainEvent, HistoryItem } from "#domain/records/effects.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { Message } from "#domain/records/message.ts";
import type { Clock } from "#ports/clock.ts";
import type { ConfirmationStore } from "#ports/confirmation-store.ts";
import type { ContactStore } from "#ports/contact-store.ts";
import type { ConversationStore } from "#ports/conversation-store.ts";
import type { CustomerScan } from "#ports/customer-scan.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { DeadLetters } from "#ports/dead-letters.ts";
import type { DataKeys, DecisionLog } from "#ports/decision-log.ts";
import type { DecisionStore } from "#ports/decision-store.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { ExperimentStore } from "#ports/experiment-store.ts";
import type { HistoryStore } from "#ports/history-store.ts";
import type { Inbox } from "#ports/inbox.ts";
import type { JobStore } from "#ports/job-store.ts";
import type { LearningStore } from "#ports/learning-store.ts";
import type { MessageStore, OverdueMessages } from "#ports/message-store.ts";
import type { ConnectedSender } from "#ports/provider.ts";
import type { ReceivedMessages } from "#ports/received-messages.ts";
import type { ReportStore } from "#ports/report-store.ts";
import type { RunCare, RunStore } from "#ports/run-store.ts";
import type { SuppressionStore } from "#ports/suppression-store.ts";
import type { DueQueue, TimerRef, Timers, TimerTable } from "#ports/timers.ts";
import type { Watcher } from "./checks/watcher.ts";
import type { Invocation } from "./machine/processes.ts";

/** Everything that the hub's use cases reach the outside by. */
export type Ports = {
  readonly customers: CustomerStore;
  readonly history: HistoryStore;
  readonly decisions: DecisionStore;
  readonly messages: MessageStore;
  readonly overdue: OverdueMessages;
  readonly contacts: ContactStore;
  readonly suppressions: SuppressionStore;
  readonly confirmations: ConfirmationStore;
  readonly timers: Timers;
  readonly timerTable: TimerTable;
  readonly due: DueQueue;
  readonly bus: EventBus;
  readonly inbox: Inbox;
  readonly deadLetters: DeadLetters;
  readonly runs: RunStore;
  readonly care: RunCare;
  readonly jobs: JobStore;
  readonly scan: Pick<CustomerScan, "page">;
  readonly log: DecisionLog;
  readonly dataKeys: DataKeys;
  readonly learning: LearningStore;
  readonly experiments: ExperimentStore;
  readonly reports: ReportStore;
  readonly conversations: ConversationStore;
  readonly received: ReceivedMessages;
  readonly send: ConnectedSender<EmailMessage>["send"];
};

/** Where what leaves a process arrives. */
export type Exits = {
  readonly toInbox: (group: string, events: readonly CollectedEvent[]) => void;
  readonly toBus: (event: DomainEvent) => void;
  readonly toDue: (timer: TimerRef) => void;
  /** Something is planned: a timer, or the sweep of a message. */
  readonly planned: () => void;
  readonly deadLetter: (reason: string, event: unknown) => void;
};

/** So few to a page, for a walk over few people to have many. */
const PAGE = 3;

/** The tables in memory. */
export const createTables = () => {
  const facts = new Map<string, HistoryItem>();
  const shared = {
    ...memoryCustomers(),
    messages: new Map<string, Message>(),
    decisions: new Map<string, Decision>(),
    conversing: noConversations(),
  };
  const conversing = shared.conversing;
  const customers = memoryCustomerStore(facts, shared);
  const scan = memoryCustomerScan(shared, customers);
  return {
    shared,
    facts,
    conversing,
    conversations: memoryConversationStore(conversing),
    received: memoryReceivedMessages({ facts, ...shared, ...conversing }),
    timers: memoryTimerItems(),
    customers,
    history: memoryHistoryStore(facts),
    decisions: memoryDecisionStore(shared),
    messages: memoryMessageStore(shared.messages),
    overdue: memoryOverdueMessages(shared.messages),
    contacts: memoryContactStore(shared.contacts),
    suppressions: memorySuppressionStore(),
    confirmations: memoryConfirmationStore(),
    dataKeys: memoryDataKeys(shared.dataKeys),
    learning: memoryLearningStore(),
    experiments: memoryExperimentStore(),
    reports: memoryReportStore(),
    runs: memoryRunStore(shared),
    care: memoryRunStore(shared),
    jobs: memoryJobStore(),
    scan: {
      page: (of: Parameters<CustomerScan["page"]>[0]) =>
        scan.page({ ...of, limit: Math.min(PAGE, of.limit) }),
    },
  };
};
export type Tables = ReturnType<typeof createTables>;

export type Watchers = Required<Omit<Watcher, "atRest">>;

/** What leaves a process: by queues and the bus. */
const portsOut = (
  exits: Exits,
  watchers: Watchers,
): Pick<Ports, "due" | "bus" | "inbox" | "deadLetters"> => ({
  due: { send: async (timers) => timers.forEach(exits.toDue) },
  bus: {
    publish: async (events) => {
      watchers.published(events);
      events.forEach(exits.toBus);
    },
  },
  inbox: {
    send: async (events) => {
      for (const [group, own] of Map.groupBy(events, (event) => groupOf("key", event))) {
        exits.toInbox(group, own);
      }
    },
  },
  deadLetters: {
    put: async (_group, poison) => {
      for (const { event, reason } of poison) exits.deadLetter(reason.code, event);
    },
  },
});

/** Ports of one invocation; watchers hear of each effect at the step at which it takes effect. */
export const watchedPorts = (
  { shared: _, facts: __, conversing: ___, timers: timerItems, ...tables }: Tables,
  around: { readonly clock: Clock; readonly exits: Exits; readonly watchers: Watchers },
  by: Invocation,
): Omit<Ports, "send" | "timers" | "timerTable"> & {
  readonly timersBy: (due: DueQueue) => Timers & TimerTable;
} => {
  const { clock, exits, watchers } = around;
  return {
    ...tables,
    customers: {
      ...tables.customers,
      save: async (write) => {
        const result = await tables.customers.save(write);
        if (result === "saved") watchers.saved(write, by);
        return result;
      },
      putConsent: async (customerId, entries) => {
        await tables.customers.putConsent(customerId, entries);
        watchers.consented(customerId, entries);
      },
    },
    decisions: {
      ...tables.decisions,
      commit: async (write) => {
        const result = await tables.decisions.commit(write);
        if (result.result === "committed") {
          watchers.committed(write, by);
          exits.planned();
        }
        return result;
      },
    },
    suppressions: {
      ...tables.suppressions,
      add: async (channel, address, suppression) => {
        await tables.suppressions.add(channel, address, suppression);
        watchers.suppressed(address);
      },
      say: async (channel, address, word) => {
        await tables.suppressions.say(channel, address, word);
        watchers.said(address, word);
      },
    },
    timersBy: (due) => {
      const twin = memoryTimers({ due, clock, soonMs: SET_DIRECTLY_MS }, timerItems);
      return {
        ...twin,
        set: (timers) => {
          const setting = twin.set(timers);
          exits.planned();
          return setting;
        },
      };
    },
    ...portsOut(exits, watchers),
    log: {
      write: async (entries) => watchers.logged(entries.map(({ record }) => record.decisionId)),
    },
  };
};
