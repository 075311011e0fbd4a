import type { KeptConversations } from "#adapters/memory/conversation-store.ts";
import type { MemoryCustomers } from "#adapters/memory/customer-store.ts";
import type { ProviderReport } from "#channels/definition/report.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { DomainEvent, HistoryItem, Timer } from "#domain/records/effects.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { Message } from "#domain/records/message.ts";
import type { AddressConsent, Consent } from "#domain/records/permission.ts";
import type { CustomerWrite } from "#ports/customer-store.ts";
import type { DecisionWrite } from "#ports/decision-store.ts";
import type { ExperimentStore } from "#ports/experiment-store.ts";
import type { JobStore } from "#ports/job-store.ts";
import type { LearningStore } from "#ports/learning-store.ts";
import type { ReportStore } from "#ports/report-store.ts";
import type { Invocation } from "../machine/processes.ts";
import type { ShopPolicy } from "../shop/playbooks.ts";

/** What is stored, as a watcher sees it from outside. */
export type Stored = {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Number of the step that is being made. */
  readonly step: () => number;
  readonly customers: MemoryCustomers;
  readonly facts: ReadonlyMap<string, HistoryItem>;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly messages: ReadonlyMap<string, Message>;
  readonly conversations: KeptConversations;
  readonly jobs: Pick<JobStore, "get">;
  readonly timers: () => Iterable<Timer>;
  readonly learning: Pick<LearningStore, "read">;
  readonly experiments: Pick<ExperimentStore, "units" | "sums">;
  readonly reports: Pick<ReportStore, "read">;
  readonly playbooks: readonly CompiledPlaybook[];
  readonly policyOf: (version: string) => ShopPolicy;
};

/**
 * Holds one promise of the hub against what happens. Each is told of what took effect, at that very step, and once
 * everything has come to rest.
 */
export type Watcher = {
  /** A client has its 2xx for these. */
  readonly accepted?: (events: readonly CollectedEvent[]) => void;
  readonly saved?: (write: CustomerWrite, by: Invocation) => void;
  readonly consented?: (customerId: CustomerId, entries: readonly Consent[]) => void;
  readonly committed?: (write: DecisionWrite, by: Invocation) => void;
  readonly published?: (events: readonly DomainEvent[]) => void;
  readonly logged?: (decisionIds: readonly string[]) => void;
  /** So many decisions were counted as missing in the log. */
  readonly unlogged?: (count: number) => void;
  /** The provider took it; it can no longer be called back. */
  readonly taken?: (message: Message, by: Invocation, address: string) => void;
  /** The provider told what became of it. */
  readonly reported?: (report: ProviderReport) => void;
  /** By the link of a mail that went there. */
  readonly said?: (address: string, word: AddressConsent) => void;
  /** Nobody may write to it any more. */
  readonly suppressed?: (address: string) => void;
  /** Somebody asks for a send to everybody. */
  readonly begun?: (sendId: string) => void;
  readonly wentLive?: (version: string) => void;
  readonly deadLettered?: (queue: string, reason: string, body: unknown) => void;
  readonly atRest?: () => void | Promise<void>;
};

/** `violated` ends the run; `text` says what was seen, and what is right. */
export type Check = {
  /** The promise, in words. */
  readonly name: string;
  readonly watch: (stored: Stored, violated: (text: string) => void) => Watcher;
};

/** Whom the customer has become. */
export const personOf = ({ customers }: Stored, customerId: CustomerId): CustomerId => {
  let person = customerId;
  for (;;) {
    const next = customers.states.get(person)?.mergedInto;
    if (next === undefined) return person;
    person = next;
  }
};
