import type { ChosenAction, Score } from "./chosen-action.ts";
import type { CustomerId } from "./identity.ts";

/**
 * Where an action fell out, and why: the words of the API, of the record and of the engine. Stored decisions name them by
 * position (adapters/dynamodb/decisions/considered.ts): another order or number of them needs another form of the record.
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
] as const;
export type Stage = (typeof STAGES)[number];
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** What a message on a channel costs, and what it must be worth beyond that, in the unit of the actions' values. */
export type Interruption = { readonly channel: string; readonly cost: number; readonly minimum: number };

/** What exactly decided a rejection, as data: whoever tells people of it finds the words (decision/explain). */
export type Cause =
  /** The condition with that number does not hold; the first of `eligible` is 1. */
  | { readonly kind: "condition"; readonly number: number }
  /** `no-value`: a formula of its worth yields no number. */
  | { readonly kind: "not-yet-active" | "no-longer-active" | "no-value" }
  /** It takes an outcome of another action. */
  | { readonly kind: "only-after"; readonly action: string; readonly outcome: string }
  /** Another action of its exclusive set was accepted. */
  | { readonly kind: "not-beside"; readonly action: string }
  | { readonly kind: "stock" | "budget" }
  | { readonly kind: "consent"; readonly channel: string; readonly verdict: string }
  /** Until then (ISO-8601 UTC), after that outcome, where anybody kept which it was. */
  | { readonly kind: "resting"; readonly until: string; readonly outcome?: string }
  | { readonly kind: "cap"; readonly name: string }
  /** Quiet hours by the clocks of that place. */
  | { readonly kind: "quiet"; readonly place: string }
  /** No address on that channel, or only suppressed ones. */
  | { readonly kind: "channel"; readonly name: string }
  /** The placement, or the channel that was asked for, takes none of its treatments. */
  | { readonly kind: "no-treatment" }
  /** A message was asked for, and the action is only ever shown. */
  | { readonly kind: "only-shown" }
  /** That action took its place. */
  | { readonly kind: "action"; readonly name: string }
  /** It is worth nothing, or less than the interruption. */
  | { readonly kind: "doing-nothing" }
  | { readonly kind: "held-out" };

export type Rejection = {
  readonly action: string;
  readonly stage: Stage;
  readonly reason: RejectionReason;
  readonly cause: Cause;
  /** What its score was made of, where it came that far. */
  readonly factors?: Score;
  /** What it would have had to be worth by its best channel, where it was not worth the interruption. */
  readonly interruption?: Interruption;
};

/** The record of one decision; immutable once written. `decisionId` = `dec_` + hash(event id, trigger) for a triggered one. */
export type Decision = {
  readonly decisionId: string;
  /** Null for an anonymous decision: nobody we know was asked about. */
  readonly customerId: CustomerId | null;
  /** What an anonymous decision was asked about (`anonymousId:...`), so that its outcomes find their person later. */
  readonly ref?: string;
  readonly placement: string;
  readonly playbook: string;
  readonly at: string;
  readonly dryRun: boolean;
  readonly trigger?: string;
  readonly eventId?: string;
  readonly depth: number;
  readonly actions: readonly ChosenAction[];
  readonly rejected: readonly Rejection[];
  /** Experiment -> variant, of those that ran here. */
  readonly experiments?: Readonly<Record<string, string>>;
  /** Present when the playbook learns: what outcomes of this choice will be learnt with. */
  readonly learning?: {
    readonly model: string;
    /** Until when outcomes had been learnt from (ISO-8601 UTC); absent: from none. */
    readonly asOf?: string;
    /** The predictors' values, in the order they are declared. */
    readonly values: readonly (number | string | boolean | null)[];
    /** The probabilities come from a numerical integration. */
    readonly approximate?: boolean;
  };
  /** By whose clocks times are told, where something is to happen later: the customer's, unless they are the brand's. */
  readonly timeZone?: string;
  /** Policy checks passed by each chosen action, by name. */
  readonly checks: readonly string[];
};

/** Actions of which nothing is left, and what it is that is gone. */
export type Unavailable = ReadonlyMap<string, "stock" | "budget">;

/** What one chosen action takes of what is limited. Counted where all deciders see it, in the same write as the decision. */
export type Claim = {
  readonly action: string;
  readonly stock?: {
    readonly limit: number;
    /** The unit is free again from this minute on (minutes since the epoch) unless the offer is accepted; absent: never. */
    readonly untilMinute?: number;
  };
  readonly budget?: {
    /** Number of the period: each starts at nothing. */
    readonly period: number;
    readonly max: number;
    readonly cost: number;
  };
};

/** Placement of the decisions behind messages that an application asks for. */
export const MESSAGES_PLACEMENT = "api.messages";
