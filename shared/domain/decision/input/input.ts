import type { JsonObject } from "#kernel/json.ts";
import type { Suppressed } from "../../contact-policy/reach.ts";
import type { CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { CustomerRecord } from "../../records/customer.ts";
import type { Claim, Decision, Unavailable } from "../../records/decision.ts";
import type { Message } from "../../records/message.ts";
import type { ContactHistory } from "../../records/permission.ts";
import type { NamedOrder } from "./named-order.ts";
import type { Belief, Propensity } from "./propensity.ts";
import type { Taken } from "./rivals.ts";

/** The event that asks for a decision; what rules see as `event`. */
export type DecisionEvent = {
  readonly name: string;
  readonly at: string;
  readonly properties: JsonObject;
};

/** All that a decision depends on: the same input gives the same bytes. */
export type DecideInput = {
  readonly playbook: CompiledPlaybook;
  /** Null: an anonymous decision. */
  readonly record: CustomerRecord | null;
  readonly placement: string;
  /** message: what is chosen is sent. answer: the caller shows it, now. */
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
  readonly depth?: number;
  readonly limit?: number;
  readonly dryRun?: boolean;
  /** What an anonymous decision was asked about. */
  readonly ref?: string;
  /** Uniform in [0, 1); by default drawn from the decision's id, so that a replay draws the same. */
  readonly random?: () => number;
  readonly propensity?: Propensity;
  /** Choices that customers saw, by action: what exploring goes by. */
  readonly evidence?: Readonly<Record<string, number>>;
  /** When what was learnt was read (milliseconds since the epoch): outcomes until then are in it. */
  readonly learntAt?: number;
  readonly isSuppressed?: Suppressed;
  /** Not before (milliseconds since the epoch): a message asked for a later time. */
  readonly notBefore?: number;
  readonly conversationId?: string;
  /** Not offered again in the same call. */
  readonly unavailable?: Unavailable;
  /** What other decisions of the same call chose: nothing is offered twice. */
  readonly taken?: Taken;
  /** Where the customer may be, when it cannot be told from the record: a replay knows no phone numbers. */
  readonly whereabouts?: { readonly zones: readonly string[]; readonly regions: readonly string[] };
};

/** What a decision was made of, for the log that replays it. */
export type DecisionBasis = {
  readonly input: DecideInput;
  /** Uniform numbers in the order they were drawn. */
  readonly draws: readonly number[];
  /** What `input.propensity` said, by action; absent when the playbook's own formulas were asked. */
  readonly propensities?: Readonly<Record<string, number | Belief>>;
  /** The caller named the message: nothing was chosen among, no rule was asked. */
  readonly order?: NamedOrder;
};

export type DecideResult = {
  readonly decision: Decision;
  readonly basis: DecisionBasis;
  readonly messages: readonly Message[];
  /** New contact history to be reserved with the decision; absent when nothing is. */
  readonly contact?: ContactHistory;
  /** What the choice takes of limited offers and budgets: written with it, or it must not stand. */
  readonly claims?: readonly Claim[];
};
