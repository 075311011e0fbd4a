import { memoryConfirmationStore } from "#adapters/memory/confirmation-store.ts";
import { memoryContactStore } from "#adapters/memory/contact-store.ts";
import { memoryConversationStore, noConversations } from "#adapters/memory/conversation-store.ts";
import { memoryCustomerStore, memoryCustomers } from "#adapters/memory/customer-store.ts";
import { memoryDataKeys } from "#adapters/memory/data-keys.ts";
import { memoryDecisionStore } from "#adapters/memory/decision-store.ts";
import { memoryHistoryStore } from "#adapters/memory/history-store.ts";
import { memoryMessageStore } from "#adapters/memory/message-store.ts";
import { memoryOriginals } from "#adapters/memory/originals.ts";
import { memoryReceivedMessages } from "#adapters/memory/received-messages.ts";
import { memoryRunStore } from "#adapters/memory/run-store.ts";
import { memorySuppressionStore } from "#adapters/memory/suppression-store.ts";
import type { HistoryItem } from "#domain/records/effects.ts";
import type { Message } from "#domain/records/message.ts";
import type { RehearsalStores } from "#usecases/rehearse/dependencies.ts";

/** The stores of one rehearsal: in memory, empty. */
export const rehearsalStores = (): RehearsalStores => {
  const facts = new Map<string, HistoryItem>();
  const conversing = noConversations();
  const messages = new Map<string, Message>();
  const shared = { ...memoryCustomers(), messages, decisions: new Map(), conversing };
  return {
    customers: memoryCustomerStore(facts, shared),
    history: memoryHistoryStore(facts),
    decisions: memoryDecisionStore(shared),
    messages: memoryMessageStore(shared.messages),
    contacts: memoryContactStore(shared.contacts),
    suppressions: memorySuppressionStore(),
    confirmations: memoryConfirmationStore(),
    dataKeys: memoryDataKeys(shared.dataKeys),
    runs: memoryRunStore(shared),
    conversations: memoryConversationStore(conversing),
    received: memoryReceivedMessages({ facts, ...shared, ...conversing }),
    originals: memoryOriginals(),
  };
};
