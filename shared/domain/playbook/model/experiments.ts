/** One way of treating customers. Without any of the three members, the playbook decides as it does without the experiment. */
export type Variant = {
  readonly name: string;
  readonly weight: number;
  /** Action -> the treatment it is shown in. */
  readonly treatments: Readonly<Record<string, string>>;
  /** Action -> what its score is multiplied with; 0 takes it out. */
  readonly levers: Readonly<Record<string, number>>;
  /** Customers of the variant get transactional messages only. */
  readonly holdout: boolean;
};

export type Experiment = {
  readonly name: string;
  /**
   * Names the groups and their sums: other variants, weights, goals or another window are another experiment. Sums of two
   * measures never mix, and new groups carry nothing over from what the old ones had been shown.
   */
  readonly id: string;
  /** Empty: everywhere. */
  readonly placements: readonly string[];
  /** Milliseconds since the epoch. */
  readonly activeFrom?: number;
  readonly activeTo?: number;
  readonly variants: readonly Variant[];
  readonly control: string;
  /** Event -> how much of a success it is, 0..1. The greatest of a customer's counts. */
  readonly goals: Readonly<Record<string, number>>;
  /** How long after the customer came in a goal counts. */
  readonly windowMs: number;
  /** Customers around whom a decision is expected: there the sequential test is sharpest. */
  readonly customers: number;
};
