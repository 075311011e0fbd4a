import type { Decision } from "../domain/decision/types.ts";
import type { Message } from "../domain/message/types.ts";
import type { ContactHistory, CustomerId } from "../domain/profile/types.ts";

/** One atomic write of a decision: the record, the messages it asks for, and the reservation in contact history. */
export type DecisionWrite = {
  readonly decision: Decision;
  readonly messages: readonly Message[];
  /** Conditional on the stored version being `version - 1`. Absent: nothing to reserve. */
  readonly contact?: { readonly customerId: CustomerId; readonly history: ContactHistory };
};

export type DecisionStore = {
  /**
   * `exists`: the same decisionId is already recorded (a retry): its record and messages are returned, nothing is written.
   * `conflict`: contact history changed meanwhile: decide again.
   */
  readonly commit: (
    write: DecisionWrite,
  ) => Promise<
    | { readonly outcome: "committed" }
    | { readonly outcome: "conflict" }
    | { readonly outcome: "exists"; readonly decision: Decision; readonly messageIds: readonly string[] }
  >;
  readonly get: (decisionId: string) => Promise<Decision | null>;
};
