import type { Thread } from "#domain/conversation/thread.ts";
import type { Claim, Decision, Unavailable } from "#domain/records/decision.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { Message } from "#domain/records/message.ts";
import type { ContactHistory } from "#domain/records/permission.ts";

/** One atomic write: the records, the messages they ask for, and the reservation in contact history. */
export type DecisionWrite = {
  /** One; several when one call asked for several placements. At least one. */
  readonly decisions: readonly Decision[];
  readonly messages: readonly Message[];
  /** Milliseconds since the epoch after which records of anonymous decisions are of no use. Absent: kept. */
  readonly keptUntil?: number;
  /** Conditional on the stored version being `version - 1`. Absent: nothing to reserve. */
  readonly contact?: { readonly customerId: CustomerId; readonly history: ContactHistory };
  /** What the decisions take of limited offers and budgets: all of it, or nothing is written. */
  readonly claims?: readonly Claim[];
  /**
   * A key made for the log, on condition that the customer has none yet; for an anonymous decision (null) it lies beside
   * the record of the decision.
   */
  readonly newDataKey?: { readonly customerId: CustomerId | null; readonly key: Uint8Array };
  /** The conversation that the message joins, its head's version already one higher than it was read. */
  readonly thread?: Thread;
};

/** A unit of a limited offer that a decision showed and held. */
export type HeldUnit = {
  readonly decisionId: string;
  readonly action: string;
  /** ISO-8601 UTC, as the decision's record has it. */
  readonly heldUntil: string;
  /** Whose contact history has the promise now (after a merge the survivor's); null: an anonymous decision. */
  readonly customerId: CustomerId | null;
};

/** Settles offers that a page or a screen showed, once their outcome is reported. */
export type HeldOffers = {
  /**
   * An offer that was held for the customer was accepted: its unit is not given to anybody else. Safe to repeat.
   * `limit`: how many there are, by the live playbook; absent: no longer limited.
   */
  readonly keep: (unit: HeldUnit, limit?: number) => Promise<void>;
  /** An offer that was held for the customer was turned down: its unit is free again, once, however often that is reported. */
  readonly giveBack: (unit: HeldUnit) => Promise<void>;
};

export type DecisionStore = {
  /**
   * `exists`: the first decisionId is already recorded (a retry): its record and messages are returned, nothing is
   * written. `conflict`: contact history or the conversation changed meanwhile, or somebody else made the data key: decide
   * again.
   */
  readonly commit: (write: DecisionWrite) => Promise<CommitResult>;
  /**
   * Actions that had nothing left some seconds ago, and what was gone. To offer them would only be refused again.
   */
  readonly gone: () => Unavailable;
  readonly get: (decisionId: string) => Promise<Decision | null>;
  /** Those that are recorded, by id. A request for each hundred. */
  readonly getAll: (decisionIds: readonly string[]) => Promise<ReadonlyMap<string, Decision>>;
  /** A decision with the messages it asked for, as they are now. */
  readonly recorded: (decisionId: string) => Promise<RecordedDecision | null>;
  /** Actions not to be offered again before a time (ISO-8601 UTC) after a dismissal or refusal. The later time wins. */
  readonly coolDown: (customerId: CustomerId, until: Readonly<Record<string, string>>) => Promise<void>;
};

export type RecordedDecision = { readonly decision: Decision; readonly messages: readonly Message[] };

export type CommitResult =
  | { readonly result: "committed" }
  | { readonly result: "conflict" }
  /** Nothing is left of an action: decide again without it. */
  | { readonly result: "gone"; readonly action: string; readonly what: "stock" | "budget" }
  | ({ readonly result: "exists" } & RecordedDecision);
