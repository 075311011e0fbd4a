import { withCoolDowns } from "../../domain/contact-policy/cool-down.ts";
import type { Decision } from "../../domain/decision/types.ts";
import type { Message } from "../../domain/message/types.ts";
import { NO_CONTACT } from "../../domain/profile/state.ts";
import type { ContactHistory, CustomerId } from "../../domain/profile/types.ts";
import type { DecisionStore, RecordedDecision } from "../../ports/decision-store.ts";

/** Where contact history and messages lie; shared with the twins that read them. */
export type MemoryDecisions = {
  readonly contacts: Map<CustomerId, ContactHistory>;
  readonly messages: Map<string, Message>;
  /** By customer, or by decision for anonymous ones. */
  readonly dataKeys?: Map<string, Uint8Array>;
};

/** Decisions in maps. Each write is one step of the event loop: as atomic as a transaction. */
export const memoryDecisionStore = (
  shared: MemoryDecisions = { contacts: new Map(), messages: new Map() },
): DecisionStore => {
  const { contacts, messages, dataKeys = new Map<string, Uint8Array>() } = shared;
  const decisions = new Map<string, Decision>();
  const recorded = (decisionId: string): RecordedDecision | null => {
    const decision = decisions.get(decisionId);
    if (decision === undefined) return null;
    const own = [...messages.values()].filter((message) => message.decisionId === decisionId);
    return { decision, messages: own };
  };
  return {
    recorded: async (decisionId) => recorded(decisionId),
    commit: async (write) => {
      const earlier = recorded(write.decisions[0]?.decisionId ?? "");
      if (earlier !== null) return { outcome: "exists", ...earlier };
      const { contact, newDataKey } = write;
      const keyOwner = newDataKey?.customerId ?? null;
      if (keyOwner !== null && dataKeys.has(keyOwner)) return { outcome: "conflict" };
      if (contact !== undefined) {
        const before = contacts.get(contact.customerId)?.version ?? 0;
        if (before !== contact.history.version - 1) return { outcome: "conflict" };
        contacts.set(contact.customerId, contact.history);
      }
      for (const decision of write.decisions) {
        decisions.set(decision.decisionId, decision);
        if (newDataKey !== undefined) dataKeys.set(keyOwner ?? decision.decisionId, newDataKey.key);
      }
      for (const message of write.messages) messages.set(message.messageId, message);
      return { outcome: "committed" };
    },
    get: async (decisionId) => decisions.get(decisionId) ?? null,
    coolDown: async (customerId, until) => {
      contacts.set(customerId, withCoolDowns(contacts.get(customerId) ?? NO_CONTACT, until));
    },
  };
};
