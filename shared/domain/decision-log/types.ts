import type { JsonObject } from "#kernel/json.ts";
import type { DecideInput, DecisionBasis } from "../decision/input/input.ts";
import type { NamedOrder } from "../decision/input/named-order.ts";
import type { Address, ComputedState, CustomerState } from "../records/customer.ts";
import type { Decision } from "../records/decision.ts";
import type { CustomerId } from "../records/identity.ts";
import type { Consent, ContactHistory } from "../records/permission.ts";

/** What rules and contact policy saw of a customer, and nothing that names or reaches them. */
export type LoggedState = {
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Declared traits that are set; personal ones as `MASKED`. Of a named message: those that contact policy reads. */
  readonly traits: JsonObject;
  readonly computed: Readonly<Record<string, ComputedState>>;
  /** Fingerprints of the computed traits that were being counted. */
  readonly counting?: readonly string[];
  /** Segments by name at that moment: who it was, for reports; rules evaluate their own. */
  readonly segments: readonly string[];
  readonly addresses: readonly Pick<Address, "channel" | "status">[];
  readonly responses?: CustomerState["responses"];
  readonly hours?: CustomerState["hours"];
  /** By whose id experiments and the holdout take the customer, where that is another's who turned out to be them. */
  readonly oldestId?: CustomerId;
  readonly contact: ContactHistory;
  readonly consent: readonly (Omit<Consent, "source" | "text"> & { readonly source?: string })[];
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
  | "depth"
  | "limit"
  | "notBefore"
  | "conversationId"
  | "taken"
  | "whereabouts"
  | "evidence"
  | "learntAt"
> & {
  /** Action -> what was gone of it. */
  readonly unavailable?: Readonly<Record<string, "stock" | "budget">>;
  /** A message that an application asked for by name: no rule was asked, nothing else could have been chosen. */
  readonly order?: NamedOrder;
};

/** One decision with everything that made it: replaying it with its playbook version gives the same decision. */
export type LogRecord = {
  readonly v: 1;
  /**
   * Written when the work behind the decision was delivered once more: state, request and draws are not known any more.
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
   * Paths, as rules name them, of values that are left out in whole or part because they name or reach somebody: where no
   * rule reads one of these, a replay is exact.
   */
  readonly masked?: readonly string[];
  /** Uniform numbers in the order they were drawn. */
  readonly draws: readonly number[];
  /** What the models said, by action and channel; absent when the playbook's own formulas were asked. */
  readonly propensities?: DecisionBasis["propensities"];
  /** Without `ref`: it is an identifier. */
  readonly decision: Omit<Decision, "ref">;
};
