import type { ChosenAction, Score } from "./chosen-action.ts";
import type { CustomerId } from "./identity.ts";

/**
 * At which stage an action was rejected, and why, as the API and the record name it. Stored decisions name them by
 * position (adapters/dynamodb/decisions/considered.ts): another order or number of them needs another form of the record, or
 * a cause that tells the reason, as those of `conversation` and `window` do.
 */
export const STAGES = ["eligibility", "policy", "arbitration", "channel"] as const;
export const REJECTION_REASONS = [
  "rule",
  "consent",
  "suppressed",
  "quiet-hours",
  "cap",
  "cool-down",
  "stock",
  "no-address",
  "outranked",
  "holdout",
  "conversation",
  "window",
] as const;
export type Stage = (typeof STAGES)[number];
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** What a message on a channel costs, and what it must be worth beyond that, in the unit of the actions' values. */
export type Interruption = { readonly channel: string; readonly cost: number; readonly minimum: number };

/** What exactly decided a rejection, as data. decision/explain puts it into words. */
export type Cause =
  /** The condition with that number does not hold; the first of `eligible` is 1. */
  | { readonly kind: "condition"; readonly number: number }
  /** `no-value`: a formula of its value yields no number. */
  | { readonly kind: "not-yet-active" | "no-longer-active" | "no-value" }
  /** The action requires an outcome of another action first. */
  | { readonly kind: "only-after"; readonly action: string; readonly outcome: string }
  /** Another action of its exclusive set was accepted. */
  | { readonly kind: "not-beside"; readonly action: string }
  | { readonly kind: "stock" | "budget" }
  | { readonly kind: "consent"; readonly channel: string; readonly verdict: string }
  /** Not to be offered until then (ISO-8601 UTC), after that outcome; absent: it is not recorded which. */
  | { readonly kind: "resting"; readonly until: string; readonly outcome?: string }
  | { readonly kind: "cap"; readonly name: string }
  /** Quiet hours in the local time of that place. */
  | { readonly kind: "quiet"; readonly place: string }
  /** No address on that channel, or only suppressed ones. */
  | { readonly kind: "channel"; readonly name: string }
  /** None of its treatments suits the placement, or the channel that was asked for. */
  | { readonly kind: "no-treatment" }
  /** A message was asked for, but the action can only be shown. */
  | { readonly kind: "only-shown" }
  /** That action was chosen instead. */
  | { readonly kind: "action"; readonly name: string }
  /** It is worth nothing, or less than the interruption. */
  | { readonly kind: "doing-nothing" }
  | { readonly kind: "held-out" }
  /** The customer's conversation keeps its category back. */
  | { readonly kind: "held"; readonly topic?: string }
  /** On that channel the customer may only be written to freely for a while after they wrote, and nothing approved is there. */
  | { readonly kind: "window"; readonly channel: string };

export type Rejection = {
  readonly action: string;
  readonly stage: Stage;
  readonly reason: RejectionReason;
  readonly cause: Cause;
  /** The factors of its score; absent: it was rejected before scoring. */
  readonly factors?: Score;
  /** Set where it was not worth the interruption: what it would have had to be worth on its best channel. */
  readonly interruption?: Interruption;
};

/** The record of one decision; immutable once written. `decisionId` = `dec_` + hash(event id, trigger) for a triggered one. */
export type Decision = {
  readonly decisionId: string;
  /** Null for an anonymous decision: no customer has the identifier that was asked about. */
  readonly customerId: CustomerId | null;
  /** The identifier that an anonymous decision was asked about (`anonymousId:...`): its outcomes find the customer by it later. */
  readonly ref?: string;
  readonly placement: string;
  readonly playbook: string;
  readonly at: string;
  readonly dryRun: boolean;
  readonly trigger?: string;
  readonly eventId?: string;
  /** The decision that was held, of which this is made anew. */
  readonly anewOf?: string;
  readonly depth: number;
  readonly actions: readonly ChosenAction[];
  readonly rejected: readonly Rejection[];
  /** Experiment -> variant, of the experiments that applied to this decision. */
  readonly experiments?: Readonly<Record<string, string>>;
  /** What models need to learn from outcomes of this choice; present when the playbook learns. */
  readonly learning?: {
    readonly model: string;
    /** Time of the latest outcome that the model had learnt from (ISO-8601 UTC); absent: none. */
    readonly asOf?: string;
    /** The predictors' values, in the order they are declared. */
    readonly values: readonly (number | string | boolean | null)[];
    /** Chosen action -> what counters and the linear learner expected of it, where both are asked (learner `auto`). */
    readonly foreseen?: Readonly<Record<string, readonly [number, number]>>;
    /** The probabilities come from a numerical integration. */
    readonly approximate?: boolean;
  };
  /** Segments of the customer that the playbook reports by, in the order of their names; absent: none. */
  readonly segments?: readonly string[];
  /** Time zone of the customer, else of the brand; present where something is to happen later. */
  readonly timeZone?: string;
  /** Policy checks passed by each chosen action, by name. */
  readonly checks: readonly string[];
};

/** Actions that cannot be offered any more, and what is used up. */
export type Unavailable = ReadonlyMap<string, "stock" | "budget">;

/** What a chosen action takes of a limited stock or budget. Counted in the same write as the decision. */
export type Claim = {
  readonly action: string;
  readonly stock?: {
    readonly limit: number;
    /** The unit is free again from this minute on (minutes since the epoch) unless the offer is accepted; absent: never. */
    readonly untilMinute?: number;
  };
  readonly budget?: {
    /** Number of the period: spending is counted from 0 in each. */
    readonly period: number;
    readonly max: number;
    readonly cost: number;
  };
};

/** Placement of the decisions behind messages that an application asks for. */
export const MESSAGES_PLACEMENT = "api.messages";
