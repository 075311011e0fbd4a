/** The playbook's settings of learning, with defaults filled in. */
export type Learning = {
  /** Names the sums: another set of predictors or another learner is another model, which starts anew. */
  readonly model: string;
  readonly learner: "auto" | "counters" | "linear";
  /** Predictors in the order they were declared: name and FEEL over what an action's rules may name. */
  readonly predictors: readonly { readonly name: string; readonly formula: string }[];
  /** So many of the first predictors span the segments that counters keep. */
  readonly segmentBy: number;
  /** Outcome -> how much of a success it is, 0..1. The greatest of a choice's outcomes counts. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Event -> the same, for events of the customer after the last contact. */
  readonly conversions: Readonly<Record<string, number>>;
  /** How long after a choice its outcomes count. */
  readonly windowMs: number;
  readonly halfLifeDays: number;
  /** What counts as seen where content is answered: the answer, or only what `POST /v1/outcomes` reports as `shown`. */
  readonly impressions: "answered" | "reported";
  readonly exploration: Exploration;
};

export type Exploration = {
  readonly method: "inverse-gap" | "thompson" | "none";
  /** No candidate's probability falls below this share of an even split. */
  readonly floor: number;
  /** How fast choices turn to the best as evidence grows. */
  readonly greed: number;
  /** Standard deviations added to the expected value. */
  readonly optimism: number;
};

/** The outcomes by which a choice counts as seen by the customer. */
export const EXPOSURES: readonly string[] = ["sent", "shown"];
