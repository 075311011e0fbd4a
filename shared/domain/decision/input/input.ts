import type { JsonObject } from "#kernel/json.ts";
import type { Suppressed } from "../../contact-policy/reach.ts";
import type { CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { CustomerRecord } from "../../records/customer.ts";
import type { Claim, Decision, Unavailable } from "../../records/decision.ts";
import type { Standing } from "../../records/event.ts";
import type { Message } from "../../records/message.ts";
import type { ContactHistory } from "../../records/permission.ts";
import type { NamedOrder } from "./named-order.ts";
import type { Belief, Foresee, Propensity } from "./propensity.ts";
import type { Taken } from "./rivals.ts";

/** The event that asks for a decision; what rules see as `event`. */
export type DecisionEvent = {
  readonly name: string;
  readonly at: string;
  readonly properties: JsonObject;
  /** Absent: trusted. */
  readonly standing?: Standing;
};

/** All that a decision depends on: the same input gives the same bytes. */
export type DecideInput = {
  readonly playbook: CompiledPlaybook;
  /** Null: an anonymous decision. */
  readonly record: CustomerRecord | null;
  readonly placement: string;
  /** message: the chosen action is sent. answer: the caller shows it at once. */
  readonly mode: "message" | "answer";
  readonly decisionId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Only this channel. */
  readonly channel?: string;
  readonly context?: JsonObject;
  readonly data?: JsonObject;
  readonly event?: DecisionEvent;
  readonly trigger?: string;
  readonly eventId?: string;
  /** A decision that was held, of which this one is made anew. */
  readonly anewOf?: string;
  /** A journey asks: the entry of its run, by which a message is called back when that leaves. */
  readonly run?: string;
  /** What could leave only after quiet hours is not said. */
  readonly skipsQuiet?: boolean;
  readonly depth?: number;
  readonly limit?: number;
  readonly dryRun?: boolean;
  /** The identifier (`type:value`) that an anonymous decision was asked about. */
  readonly ref?: string;
  /** Uniform in [0, 1); by default drawn from the decision's id, so that a replay draws the same. */
  readonly random?: () => number;
  readonly propensity?: Propensity;
  /** What the two learners expect of what was chosen; absent: there are not two. */
  readonly foresee?: Foresee;
  /** Number of choices that customers saw, by action; exploring uses it. */
  readonly evidence?: Readonly<Record<string, number>>;
  /** When the model was read (milliseconds since the epoch): outcomes until then are in it. */
  readonly learntAt?: number;
  readonly isSuppressed?: Suppressed;
  /** Earliest time to send (milliseconds since the epoch), when a later one was asked for. */
  readonly notBefore?: number;
  readonly conversationId?: string;
  /** Actions of which nothing is left. */
  readonly unavailable?: Unavailable;
  /** Actions that other decisions of the same call chose: nothing is offered twice. */
  readonly taken?: Taken;
  /** Where the customer may be, if the record does not show it: a replay has no phone numbers. */
  readonly whereabouts?: { readonly zones: readonly string[]; readonly regions: readonly string[] };
};

/** Everything that a decision depended on, for the log, from which it can be replayed. */
export type DecisionBasis = {
  readonly input: DecideInput;
  /** Uniform numbers in the order they were drawn. */
  readonly draws: readonly number[];
  /** What `input.propensity` answered, by action; absent when the playbook's own formulas were used. */
  readonly propensities?: Readonly<Record<string, number | Belief>>;
  /** Present when the caller named the message: nothing was chosen, no rule was evaluated. */
  readonly order?: NamedOrder;
};

export type DecideResult = {
  readonly decision: Decision;
  readonly basis: DecisionBasis;
  readonly messages: readonly Message[];
  /** New contact history, with what the decision reserves; absent when it reserves nothing. */
  readonly contact?: ContactHistory;
  /** What the choice takes of limited offers and budgets: written together with it. */
  readonly claims?: readonly Claim[];
};
