import { withCoolDowns } from "#domain/contact-policy/cool-down.ts";
import { NO_CONTACT } from "#domain/customer/state.ts";
import { withoutHold } from "#domain/decision/stages/claims.ts";
import type { Claim, Decision } from "#domain/records/decision.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { Message } from "#domain/records/message.ts";
import type { ContactHistory } from "#domain/records/permission.ts";
import type { DecisionStore, HeldOffers, HeldUnit, RecordedDecision } from "#ports/decision-store.ts";

import { type KeptConversations, noConversations, saveIn } from "./conversation-store.ts";

/** Where contact history and messages lie; shared with the twins that read them. */
export type MemoryDecisions = {
  readonly contacts: Map<CustomerId, ContactHistory>;
  readonly messages: Map<string, Message>;
  readonly decisions?: Map<string, Decision>;
  /** By customer, or by decision for anonymous ones. */
  readonly dataKeys?: Map<string, Uint8Array>;
  /** Where conversations lie that messages join. */
  readonly conversing?: KeptConversations;
};

/** What was taken of limited offers: `stock|<action>` and `budget|<action>|<period>`. */
const memoryLimits = () => {
  const takenOf = new Map<string, number>();
  const taken = (key: string): number => takenOf.get(key) ?? 0;
  const add = (key: string, amount: number): void => {
    takenOf.set(key, taken(key) + amount);
  };
  return {
    lackOf: ({ action, stock, budget }: Claim): "stock" | "budget" | null => {
      if (stock !== undefined && taken(`stock|${action}`) >= stock.limit) return "stock";
      if (budget === undefined) return null;
      return taken(`budget|${action}|${budget.period}`) + budget.cost > budget.max ? "budget" : null;
    },
    take: ({ action, stock, budget }: Claim): void => {
      if (stock !== undefined) add(`stock|${action}`, 1);
      if (budget !== undefined) add(`budget|${action}|${budget.period}`, budget.cost);
    },
    takeAnother: (action: string, limit: number): void => {
      if (taken(`stock|${action}`) < limit) add(`stock|${action}`, 1);
    },
    giveBack: (action: string): void => add(`stock|${action}`, -1),
  };
};
type Limits = ReturnType<typeof memoryLimits>;

/** What becomes of units that were held. They do not run out here. */
const memoryHeldOffers = (
  decisions: ReadonlyMap<string, Decision>,
  contacts: Map<CustomerId, ContactHistory>,
  limits: Limits,
): HeldOffers => {
  /** `kept|<decision>|<action>` and `released|...`. */
  const settled = new Set<string>();
  const isSettled = ({ decisionId, action }: HeldUnit, as: "kept" | "released"): boolean =>
    settled.has(`${as}|${decisionId}|${action}`);
  const settle = (unit: HeldUnit, as: "kept" | "released"): boolean => {
    const { action, customerId, decisionId, heldUntil } = unit;
    if (!decisions.has(decisionId) || isSettled(unit, "kept") || isSettled(unit, "released")) return false;
    if (customerId !== null) {
      const history = withoutHold(contacts.get(customerId) ?? NO_CONTACT, action, heldUntil);
      if (history === null) return false;
      contacts.set(customerId, history);
    }
    settled.add(`${as}|${decisionId}|${action}`);
    return true;
  };
  return {
    keep: async (unit, limit) => {
      if (settle(unit, "kept") || limit === undefined || isSettled(unit, "kept")) return;
      settled.add(`kept|${unit.decisionId}|${unit.action}`);
      limits.takeAnother(unit.action, limit);
    },
    giveBack: async (unit) => {
      if (settle(unit, "released")) limits.giveBack(unit.action);
    },
  };
};

/** Decisions in maps. Each write is one step of the event loop: as atomic as a transaction. */
export const memoryDecisionStore = (
  shared: MemoryDecisions = { contacts: new Map(), messages: new Map() },
): DecisionStore & HeldOffers => {
  const { contacts, messages, decisions = new Map(), dataKeys = new Map<string, Uint8Array>() } = shared;
  const { conversing = noConversations() } = shared;
  const limits = memoryLimits();
  const recorded = (decisionId: string): RecordedDecision | null => {
    const decision = decisions.get(decisionId);
    if (decision === undefined) return null;
    const own = [...messages.values()].filter((message) => message.decisionId === decisionId);
    return { decision, messages: own };
  };
  return {
    ...memoryHeldOffers(decisions, contacts, limits),
    gone: () => new Map(),
    recorded: async (decisionId) => recorded(decisionId),
    commit: async (write) => {
      const earlier = recorded(write.decisions[0]?.decisionId ?? "");
      if (earlier !== null) return { result: "exists", ...earlier };
      const { contact, newDataKey } = write;
      const keyOwner = newDataKey?.customerId ?? null;
      if (keyOwner !== null && dataKeys.has(keyOwner)) return { result: "conflict" };
      for (const claim of write.claims ?? []) {
        const what = limits.lackOf(claim);
        if (what !== null) return { result: "gone", action: claim.action, what };
      }
      if (contact !== undefined) {
        const before = contacts.get(contact.customerId)?.version ?? 0;
        if (before !== contact.history.version - 1) return { result: "conflict" };
      }
      if (write.thread !== undefined && saveIn(conversing, { threads: [write.thread] }) !== "saved")
        return { result: "conflict" };
      if (contact !== undefined) contacts.set(contact.customerId, contact.history);
      for (const claim of write.claims ?? []) limits.take(claim);
      for (const decision of write.decisions) {
        decisions.set(decision.decisionId, decision);
        if (newDataKey !== undefined) dataKeys.set(keyOwner ?? decision.decisionId, newDataKey.key);
      }
      for (const message of write.messages) messages.set(message.messageId, message);
      return { result: "committed" };
    },
    get: async (decisionId) => decisions.get(decisionId) ?? null,
    getAll: async (decisionIds) =>
      new Map(
        decisionIds.flatMap((id) => {
          const decision = decisions.get(id);
          return decision === undefined ? [] : [[id, decision] as const];
        }),
      ),
    coolDown: async (customerId, until) => {
      contacts.set(customerId, withCoolDowns(contacts.get(customerId) ?? NO_CONTACT, until));
    },
  };
};
