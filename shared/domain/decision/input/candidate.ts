import type { QuietWindow } from "../../contact-policy/quiet-hours.ts";
import type { CompiledAction } from "../../playbook/model/compiled.ts";
import type { Cap, Category } from "../../playbook/model/contact-policy.ts";
import type { Treatment } from "../../playbook/model/document.ts";
import type { Score } from "../../records/chosen-action.ts";
import type { Contact } from "../../records/permission.ts";
import type { PreparedFormula, PreparedRule } from "./rules.ts";

/** A channel of one candidate, with all that depends on the playbook alone. */
export type PreparedChannel = {
  readonly name: string;
  /** Whether messages go out to an address; otherwise the content is shown where the customer already is. */
  readonly interrupts: boolean;
  /** The kind of contact that is counted. */
  readonly kind: Contact["kind"];
  /** Number of the (category, channel) pair. Policy looks at each pair once for all candidates of a decision. */
  readonly gate: number;
  readonly quiet: readonly QuietWindow[];
  /** Region -> the further hours that are quiet there. */
  readonly regionQuiet: ReadonlyMap<string, readonly QuietWindow[]>;
  /** What one contact costs, in the unit of the actions' values. */
  readonly cost: number;
  /** What a contact must be worth beyond its cost; 0 for transactional messages and content that is only shown. */
  readonly minimum: number;
  readonly caps: readonly PreparedCap[];
  readonly treatments: readonly Treatment[];
  /** The same with what may be said at any time alone; null: none of it may. Absent: all of it may. */
  readonly outsideWindow?: PreparedChannel | null;
  /** Sum of the treatments' weights; 0: none of them may be chosen. */
  readonly totalWeight: number;
};
export type PreparedCap = { readonly index: number; readonly cap: Cap };

/** Something that could be chosen. */
export type Candidate = {
  readonly name: string;
  readonly action: CompiledAction;
  readonly category: Category;
  /** Milliseconds since the epoch, open ends infinite; null: always. */
  readonly active: { readonly from: number; readonly to: number } | null;
  /** Actions of its exclusive set. */
  readonly excludedBy: readonly string[];
  /** Weights of the value to us and of the value to the customer; together 1. */
  readonly blend: { readonly valueToUs: number; readonly valueToCustomer: number };
  /** All must hold. */
  readonly rules: readonly PreparedRule[];
  readonly formulas: {
    readonly value: PreparedFormula;
    readonly valueToCustomer: PreparedFormula;
    readonly propensity: PreparedFormula | null;
    readonly contextWeight: PreparedFormula;
  };
  /** In the brand's order of preference. */
  readonly channels: readonly PreparedChannel[];
};

/** A candidate that may be chosen, with its score and the channels that contact policy allows. */
export type Contender = {
  readonly candidate: Candidate;
  readonly score: Score;
  /** The channels that are worth the interruption, the preferred one first. */
  readonly channels: readonly PreparedChannel[];
  /** The same channels with the action's score on each; null where there is only one. */
  readonly worth: readonly WorthOnChannel[] | null;
};

/** A channel with what the action is worth there: a model may have learnt it by channel. */
export type WorthOnChannel = { readonly channel: PreparedChannel; readonly score: Score };

/** The treatment that was picked on a channel. */
export type TreatmentChoice = {
  readonly treatment: Treatment;
  /** Exact: the treatment's share of the weights. */
  readonly probability: number;
  readonly draw?: number;
};

/** A contender that was chosen. */
export type Selected = {
  readonly contender: Contender;
  readonly channel: PreparedChannel;
  readonly choice: TreatmentChoice;
  /** Probability of this pick among the best, given the picks before it; 1 without exploring. */
  readonly share: number;
  /** The random number that picked it, when there was something to pick. */
  readonly pick?: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
};
