import type { LearntModel } from "#domain/decision/explore/learnt.ts";
import type { Binning } from "#domain/learning/binning.ts";
import type { Counted } from "#domain/learning/credit.ts";
import type { Cell, Delta, Observation } from "#domain/learning/model.ts";
import type { Learning } from "#domain/playbook/model/learning.ts";

/** A model's sums as they stand, with the bins they are over. */
export type StoredModel = {
  /** How many times bins were cut: 0 before the first. */
  readonly cuts: number;
  readonly binning: Binning;
  readonly cells: ReadonlyMap<string, Cell>;
};

export type ChoiceKey = { readonly decisionId: string; readonly action: string };

/** One batch: all of it is written, or nothing. */
export type LearningBatch = {
  readonly cuts: number;
  /** Conditional on the stored version being one less. */
  readonly counted: readonly (ChoiceKey & { readonly counted: Counted })[];
  readonly delta: Delta;
  /** Second since the epoch after which nobody asks any more whether a choice was counted. */
  readonly expires: number;
  /** Kept until the last cut, so that sums can be made anew over other bins. */
  readonly sample?: {
    readonly observations: readonly Observation[];
    readonly before: number;
    readonly after: number;
  };
};

/** Bins cut anew, with the sums of the whole sample over them. */
export type Recut = {
  /** Cuts before this one, and the size of the sample it was made of: another writer's batch calls it off. */
  readonly cuts: number;
  readonly sampled: number;
  readonly binning: Binning;
  readonly delta: Delta;
};

/** What a playbook says of learning, but for whom it is about. */
export type LearningSettings = Omit<Learning, "predictors">;

/** What was learnt, for those who decide. */
export type LearntModels = {
  /**
   * What was learnt of these actions (by name), at most 5 s old; null where nothing is declared, or nothing could be read yet.
   */
  readonly current: (
    learning: LearningSettings | undefined,
    actions: readonly string[],
  ) => Promise<LearntModel | null>;
};

/** A part of a model as its index has it. */
export type IndexedPart = {
  /** Names it to `parts`. */
  readonly id: string;
  /** Another one than before: sums were added. */
  readonly version: number;
  /** The action that it is about; null: several. */
  readonly action: string | null;
};
/** Which parts a model has, and how new each is. */
export type ModelIndex = { readonly cuts: number; readonly parts: readonly IndexedPart[] };

/** A part's sums, and the version that they are of: a replica may be behind the index. */
export type ReadPart = { readonly version: number; readonly cells: StoredModel["cells"] };

/** Models for those who decide by them or show them. */
export type LearningReader = {
  /** Bins and how large the sample is, without the sums. */
  readonly head: (
    model: string,
  ) => Promise<Pick<StoredModel, "cuts" | "binning"> & { readonly sampled: number }>;
  /** One small read, however much was learnt. */
  readonly index: (model: string) => Promise<ModelIndex>;
  /** Parts by id; one that is not there is left out. */
  readonly parts: (model: string, ids: readonly string[]) => Promise<ReadonlyMap<string, ReadPart>>;
  /** Everything. */
  readonly read: (model: string) => Promise<StoredModel>;
};

/** Sums of a model. Writes answer false when somebody else wrote first: read again. */
export type LearningStore = LearningReader & {
  readonly counted: (model: string, choices: readonly ChoiceKey[]) => Promise<readonly Counted[]>;
  readonly write: (model: string, batch: LearningBatch) => Promise<boolean>;
  readonly sample: (model: string) => Promise<readonly Observation[]>;
  readonly recut: (model: string, recut: Recut) => Promise<boolean>;
};
