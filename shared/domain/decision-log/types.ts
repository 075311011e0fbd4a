import type { JsonObject } from "#kernel/json.ts";
import type { DecideInput, DecisionBasis } from "../decision/input/input.ts";
import type { NamedOrder } from "../decision/input/named-order.ts";
import type { Address, ComputedState, CustomerState } from "../records/customer.ts";
import type { Decision } from "../records/decision.ts";
import type { CustomerId } from "../records/identity.ts";
import type { Consent, ContactHistory } from "../records/permission.ts";

/** The state of a customer as rules and contact policy saw it, without anything personal. */
export type LoggedState = {
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Declared traits that are set; personal ones as `MASKED`. Of a named message: those that contact policy reads. */
  readonly traits: JsonObject;
  readonly computed: Readonly<Record<string, ComputedState>>;
  /** Fingerprints of the computed traits that were being counted. */
  readonly counting?: readonly string[];
  /** Segments at that moment, by name, for reports; rules evaluate segments themselves. */
  readonly segments: readonly string[];
  readonly addresses: readonly Pick<Address, "channel" | "status">[];
  readonly responses?: CustomerState["responses"];
  readonly conversation?: CustomerState["conversation"];
  readonly wroteAt?: CustomerState["wroteAt"];
  readonly holding?: CustomerState["holding"];
  readonly hours?: CustomerState["hours"];
  /** The id that experiments and the holdout use, where it is that of an absorbed customer. */
  readonly oldestId?: CustomerId;
  readonly contact: ContactHistory;
  readonly consent: readonly (Omit<Consent, "source" | "text" | "messageId"> & {
    readonly source?: string;
  })[];
};

/** What was asked, without identifiers. */
export type LoggedRequest = Pick<
  DecideInput,
  | "mode"
  | "channel"
  | "context"
  | "data"
  | "event"
  | "trigger"
  | "eventId"
  | "anewOf"
  | "depth"
  | "limit"
  | "skipsQuiet"
  | "notBefore"
  | "conversationId"
  | "taken"
  | "whereabouts"
  | "evidence"
  | "learntAt"
> & {
  /** Action -> what was used up. */
  readonly unavailable?: Readonly<Record<string, "stock" | "budget">>;
  /** Present when an application asked for a message by name: no rule was evaluated, and there was no choice. */
  readonly order?: NamedOrder;
};

/** One decision with everything that made it: replaying it with its playbook version gives the same decision. */
export type LogRecord = {
  readonly v: 1;
  /**
   * Set when the work behind the decision was delivered again: state, request and draws are lost.
   * There may be a whole record of the same decision, which then counts.
   */
  readonly recovered?: true;
  readonly decisionId: string;
  /** Null: an anonymous decision. */
  readonly customerId: CustomerId | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly request: LoggedRequest;
  readonly state: LoggedState | null;
  /**
   * Paths, as rules name them, of values that are masked in whole or part because they are personal. Where no rule reads one
   * of these, a replay is exact.
   */
  readonly masked?: readonly string[];
  /** Uniform numbers in the order they were drawn. */
  readonly draws: readonly number[];
  /** What the models answered, by action and channel; absent when the playbook's own formulas were used. */
  readonly propensities?: DecisionBasis["propensities"];
  /** Without `ref`: it is an identifier. */
  readonly decision: Omit<Decision, "ref">;
};
