import type { CompiledExpression, ContextType } from "#feel/index.ts";
import type { Category, Hold } from "./contact-policy.ts";
import type { ComputedTrait, IdentifierType } from "./data-model.ts";
import type { Action, Placement, PlaybookDocument, Source, Treatment, Trigger } from "./document.ts";
import type { CompiledJourney } from "./journeys.ts";
import type { Learning } from "./learning.ts";
import type { CompiledReplies } from "./replies.ts";
import type { CompiledWebhookEvent } from "./webhooks.ts";

/** A playbook ready to run: every rule compiled once. `version` is the hash of its files. */
export type CompiledPlaybook = {
  readonly version: string;
  readonly document: PlaybookDocument;
  readonly segments: readonly {
    readonly name: string;
    readonly test: CompiledExpression;
    /** How it changes by time alone; null: it does not. */
    readonly inTime: () => ConditionInTime | null;
  }[];
  readonly computed: readonly (ComputedTrait & { readonly test?: CompiledExpression })[];
  readonly triggers: readonly (Trigger & {
    readonly test?: CompiledExpression;
    /** The day, or the moment, that `at` names; `fields`: what of `customer` it reads, null: all. */
    readonly moment?: { readonly rule: CompiledExpression; readonly fields: () => readonly string[] | null };
  })[];
  /** Triggers by the event name that fires them. */
  readonly triggersByEvent: ReadonlyMap<string, readonly CompiledPlaybook["triggers"][number][]>;
  readonly computedByEvent: ReadonlyMap<string, readonly CompiledPlaybook["computed"][number][]>;
  readonly journeys: ReadonlyMap<string, CompiledJourney>;
  /** Journeys by the event name that leads into them. */
  readonly journeysByEvent: ReadonlyMap<string, readonly CompiledJourney[]>;
  /** What systems outside are told of, and by the name of the event. */
  readonly webhooks: readonly CompiledWebhookEvent[];
  readonly webhooksByEvent: ReadonlyMap<string, readonly CompiledWebhookEvent[]>;
  /** Event names some trigger's `unless` watches. */
  readonly watched: ReadonlySet<string>;
  /** Events that only the company may say. */
  readonly trustedEvents: ReadonlySet<string>;
  /** Event names that a trigger, computed trait, `unless`, journey or webhook uses: only those need an event in the inbox. */
  readonly namedEvents: ReadonlySet<string>;
  readonly identifierTypes: ReadonlyMap<string, IdentifierType>;
  readonly categories: ReadonlyMap<string, Category>;
  readonly placements: ReadonlyMap<string, Placement>;
  readonly actions: readonly CompiledAction[];
  readonly actionsByPlacement: ReadonlyMap<string, readonly CompiledAction[]>;
  readonly actionByName: ReadonlyMap<string, CompiledAction>;
  /** Treatment name -> where it is declared: one entry per action and channel. */
  readonly treatmentsByName: ReadonlyMap<
    string,
    readonly { readonly action: CompiledAction; readonly treatment: Treatment }[]
  >;
  readonly holds: readonly (Hold & { readonly test?: CompiledExpression })[];
  /** Absent: people answer everything. */
  readonly replies?: CompiledReplies;
  readonly sources: readonly CompiledSource[];
  /** Absent: nothing is learnt. */
  readonly learning?: CompiledLearning;
  /** What rules were compiled against: `fromJson(value, type)` of shared/feel makes values that fit. */
  readonly customerType: ContextType;
  /** Declared events only: properties beside one another and under `properties`, `name`, `at`. */
  readonly eventTypes: ReadonlyMap<string, ContextType>;
};
/** What of a condition changes although nobody does anything (compile/reads-now.ts). */
export type ConditionInTime = {
  readonly text: string;
  readonly rule: CompiledExpression;
  /** Comparisons that turn round once at most as time goes on. */
  readonly crossings: readonly CompiledExpression[];
  /** Something changes at midnights, at full hours, or at full minutes. */
  readonly grid: "day" | "hour" | "minute" | null;
  /** Computed traits over a window that it reads. */
  readonly windows: readonly string[];
  /** Members of `customer` that it reads; null: all of them. */
  readonly fields: readonly string[] | null;
};
/** A cloud-event mapping whose formulas are compiled over `{envelope}`: the whole EventBridge event. */
export type CompiledSource = Source & {
  readonly rules: {
    /** Identifier type -> its value. */
    readonly customer: Readonly<Record<string, CompiledExpression>>;
    readonly properties: Readonly<Record<string, CompiledExpression>>;
    /** Event time; without it the envelope's `time`. */
    readonly at: CompiledExpression | null;
    /** Deduplication key; without it the envelope's `id`. */
    readonly id: CompiledExpression | null;
  };
};
export type CompiledLearning = Omit<Learning, "predictors"> & {
  readonly predictors: readonly { readonly name: string; readonly rule: CompiledExpression }[];
};
export type CompiledAction = Action & {
  readonly rules: {
    readonly eligible: readonly CompiledExpression[];
    readonly value: CompiledExpression | number;
    readonly valueToCustomer: CompiledExpression | number;
    readonly propensity: CompiledExpression | number | null;
    readonly contextWeight: CompiledExpression | number;
  };
};
