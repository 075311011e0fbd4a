import type { Decision } from "../domain/decision/types.ts";
import type { Message } from "../domain/message/types.ts";
import type { ContactHistory, CustomerId } from "../domain/profile/types.ts";

/** One atomic write: the records, the messages they ask for, and the reservation in contact history. */
export type DecisionWrite = {
  /** One; several when one call asked for several placements. At least one. */
  readonly decisions: readonly Decision[];
  readonly messages: readonly Message[];
  /** Conditional on the stored version being `version - 1`. Absent: nothing to reserve. */
  readonly contact?: { readonly customerId: CustomerId; readonly history: ContactHistory };
  /**
   * A key made for the log, on condition that the customer has none yet; for an anonymous decision (null) it lies beside
   * the record of the decision.
   */
  readonly newDataKey?: { readonly customerId: CustomerId | null; readonly key: Uint8Array };
};

export type DecisionStore = {
  /**
   * `exists`: the first decisionId is already recorded (a retry): its record and messages are returned, nothing is
   * written. `conflict`: contact history changed meanwhile, or somebody else made the data key: decide again.
   */
  readonly commit: (write: DecisionWrite) => Promise<CommitResult>;
  readonly get: (decisionId: string) => Promise<Decision | null>;
  /** A decision with the messages it asked for, as they are now. */
  readonly recorded: (decisionId: string) => Promise<RecordedDecision | null>;
  /** Actions not to be offered again before a time (ISO-8601 UTC) after a dismissal or refusal. The later time wins. */
  readonly coolDown: (customerId: CustomerId, until: Readonly<Record<string, string>>) => Promise<void>;
};

export type RecordedDecision = { readonly decision: Decision; readonly messages: readonly Message[] };

export type CommitResult =
  | { readonly outcome: "committed" }
  | { readonly outcome: "conflict" }
  | ({ readonly outcome: "exists" } & RecordedDecision);
